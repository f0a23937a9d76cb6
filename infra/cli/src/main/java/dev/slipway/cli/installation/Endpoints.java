package dev.slipway.cli.installation;

import dev.slipway.contracts.Topology;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the installation is: what stands in {@code endpoints.json} of its home.
 *
 * @param region the default one
 * @param endpoint the local cloud's address, without a slash at its end
 * @param scale how many workers each stage has, by identity id; one where nothing is said
 */
public record Endpoints(
        String project,
        long projectNumber,
        String installation,
        String region,
        List<String> regions,
        String endpoint,
        String dropBucket,
        String ledgerBucket,
        @Nullable Started localCloud,
        List<Started> workers,
        Map<String, Integer> scale) {
    /** The local cloud's project. */
    public static final String PROJECT = "local-project";

    /** The regions of an installation that was asked for no others. */
    public static final List<String> REGIONS = List.of("europe-west1", "us-central1");

    private static final long PROJECT_NUMBER = 100000000001L;
    private static final String INSTALLATION = "slipway";

    /** Copies; a file of an earlier version says nothing of the scale. */
    public Endpoints {
        workers = List.copyOf(workers);
        scale = Map.copyOf(Objects.requireNonNullElse(scale, Map.of()));
    }

    /** The installation of this machine, before anything runs. */
    static Endpoints fresh(List<String> regions) {
        Topology topology = Topology.of(PROJECT, INSTALLATION);
        return new Endpoints(
                PROJECT,
                PROJECT_NUMBER,
                INSTALLATION,
                regions.getFirst(),
                regions,
                "",
                topology.bucket("drop").name(),
                topology.bucket("ledger").name(),
                null,
                List.of(),
                Map.of());
    }

    /** All names. */
    public Topology topology() {
        return Topology.of(project, installation);
    }

    /** The local cloud first, then the workers. */
    public List<Started> processes() {
        return Stream.concat(Stream.ofNullable(localCloud), workers.stream()).toList();
    }

    /** The worker of this name, if it was started. */
    public Optional<Started> worker(String name) {
        return workers.stream().filter(worker -> worker.name().equals(name)).findFirst();
    }

    /** The workers of one stage, the first started first. */
    public List<Started> workersOf(String stage) {
        return workers.stream().filter(worker -> worker.stage().equals(stage)).toList();
    }

    /** How many workers a stage is to have. */
    public int wanted(String stage) {
        return scale.getOrDefault(stage, 1);
    }

    /** The identity ids of the stages. */
    public List<String> stages() {
        return topology().identities().stream()
                .filter(Topology.Identity::worker)
                .map(Topology.Identity::id)
                .toList();
    }

    /** Whether everything that is wanted was started. */
    boolean complete() {
        return localCloud != null
                && stages().stream().allMatch(stage -> workersOf(stage).size() == wanted(stage));
    }

    /** The same with so many workers of these stages. */
    Endpoints scaled(Map<String, Integer> counts) {
        Map<String, Integer> all = new TreeMap<>(scale);
        all.putAll(counts);
        return new Endpoints(
                project,
                projectNumber,
                installation,
                region,
                regions,
                endpoint,
                dropBucket,
                ledgerBucket,
                localCloud,
                workers,
                all);
    }

    /** The same with one worker of each stage. */
    Endpoints unscaled() {
        return new Endpoints(
                project,
                projectNumber,
                installation,
                region,
                regions,
                endpoint,
                dropBucket,
                ledgerBucket,
                localCloud,
                workers,
                Map.of());
    }

    /** The same with these regions; with none given, as it was. */
    Endpoints in(List<String> wanted) {
        return new Endpoints(
                project,
                projectNumber,
                installation,
                wanted.isEmpty() ? region : wanted.getFirst(),
                wanted.isEmpty() ? regions : wanted,
                endpoint,
                dropBucket,
                ledgerBucket,
                localCloud,
                workers,
                scale);
    }

    Endpoints at(String address) {
        return new Endpoints(
                project,
                projectNumber,
                installation,
                region,
                regions,
                address,
                dropBucket,
                ledgerBucket,
                localCloud,
                workers,
                scale);
    }

    Endpoints with(@Nullable Started cloud) {
        return new Endpoints(
                project,
                projectNumber,
                installation,
                region,
                regions,
                endpoint,
                dropBucket,
                ledgerBucket,
                cloud,
                workers,
                scale);
    }

    Endpoints with(List<Started> running) {
        return new Endpoints(
                project,
                projectNumber,
                installation,
                region,
                regions,
                endpoint,
                dropBucket,
                ledgerBucket,
                localCloud,
                running,
                scale);
    }
}
