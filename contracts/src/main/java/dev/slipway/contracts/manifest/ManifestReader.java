package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Reads {@code slipway.yaml} and says everything that is wrong with it at once. */
public final class ManifestReader {
    /** A longer manifest is refused. */
    public static final int LONGEST_BYTES = 64 * 1024;

    private ManifestReader() {}

    /**
     * Reads a manifest.
     *
     * @param yaml its bytes; none where the archive has no manifest, which leaves all to defaults
     * @param service that the object's name says
     * @param region that the object's name says
     */
    public static ManifestReading read(byte[] yaml, String service, String region, Policy policy) {
        if (yaml.length > LONGEST_BYTES) {
            return invalid(
                    new Problem(
                            1,
                            1,
                            "",
                            yaml.length + " bytes",
                            "slipway.yaml has more than " + LONGEST_BYTES + " bytes"));
        }
        try {
            return read(YamlParser.parse(yaml), service, region, policy);
        } catch (UnreadableYaml e) {
            return invalid(e.asProblem());
        }
    }

    private static ManifestReading read(
            YamlDocument document, String service, String region, Policy policy) {
        Problems problems = new Problems(document);
        ObjectNode fields = new Structure(ManifestSchema.get(), problems).check(document.root());
        Manifest manifest = Draft.of(fields, service, region, policy, problems).manifest();
        return problems.isEmpty()
                ? new ManifestReading.Valid(manifest)
                : new ManifestReading.Invalid(problems.sorted());
    }

    private static ManifestReading invalid(Problem problem) {
        return new ManifestReading.Invalid(List.of(problem));
    }
}
