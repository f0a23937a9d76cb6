package dev.slipway.cli.flags;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.manifest.ManifestFields;
import dev.slipway.contracts.manifest.ManifestReader;
import dev.slipway.contracts.manifest.ManifestReading;
import dev.slipway.contracts.manifest.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The manifest of a folder with what flags say in place of what it says. */
public final class MergedManifest {
    private final GcloudFlags flags;
    private final String service;
    private final String project;
    private final String region;

    /** For a drop that becomes this service there. */
    public MergedManifest(GcloudFlags flags, String service, String project, String region) {
        this.flags = flags;
        this.service = service;
        this.project = project;
        this.region = region;
    }

    /**
     * The merged manifest.
     *
     * @param file the bytes of the folder's {@code slipway.yaml}; none where it has none
     * @throws Problem if it could not be deployed, naming the flag or the line
     */
    public byte[] of(byte[] file) {
        List<dev.slipway.contracts.manifest.Problem> alone = problems(file);
        Edit edit = new Edit(ManifestFields.of(file).orElseThrow(() -> refused(lines(alone))));
        flags.make(edit);
        byte[] merged = Json.write(edit.fields());
        List<String> found = new ArrayList<>();
        for (dev.slipway.contracts.manifest.Problem problem : problems(merged)) {
            found.add(told(problem, edit, alone));
        }
        alone.stream()
                .filter(problem -> problem.found().equals("a second one"))
                .forEach(problem -> found.add("slipway.yaml " + problem));
        if (!found.isEmpty()) {
            throw refused(found);
        }
        return merged;
    }

    private List<dev.slipway.contracts.manifest.Problem> problems(byte[] manifest) {
        Policy policy = new Policy(Set.of(region(manifest)), true, project);
        return switch (ManifestReader.read(manifest, service, region(manifest), policy)) {
            case ManifestReading.Valid _ -> List.of();
            case ManifestReading.Invalid(var problems) -> problems;
        };
    }

    /** Which regions there are is known where it is deployed, so the file's own is not doubted. */
    private String region(byte[] manifest) {
        return ManifestFields.of(manifest)
                .orElse(JsonNodeFactory.instance.objectNode())
                .path("region")
                .asText(region);
    }

    private static String told(
            dev.slipway.contracts.manifest.Problem problem,
            Edit edit,
            List<dev.slipway.contracts.manifest.Problem> alone) {
        Optional<String> flag = edit.sayer(problem.field());
        if (flag.isPresent()) {
            return flag.get() + ": " + problem.message();
        }
        return alone.stream()
                .filter(same -> same.field().equals(problem.field()))
                .findFirst()
                .map(same -> "slipway.yaml " + same)
                .orElse("slipway.yaml with these options: " + problem.message());
    }

    private static List<String> lines(List<dev.slipway.contracts.manifest.Problem> problems) {
        return problems.stream().map(problem -> "slipway.yaml " + problem).toList();
    }

    private static Problem refused(List<String> found) {
        return Problem.usage(
                        found.size() == 1 ? found.getFirst() : found.size() + " things are wrong",
                        "Correct it; nothing was uploaded.")
                .withDetails(found.size() == 1 ? List.of() : found);
    }
}
