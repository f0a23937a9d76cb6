package dev.slipway.cli.installation;

import dev.slipway.contracts.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the installation is: what stands in {@code endpoints.json} of its home.
 *
 * @param region the default one
 * @param endpoint the local cloud's address, without a slash at its end
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
        List<Started> workers) {
    /** The local cloud's project. */
    public static final String PROJECT = "local-project";

    private static final long PROJECT_NUMBER = 100000000001L;
    private static final String INSTALLATION = "slipway";

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
                List.of());
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
                workers);
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
                workers);
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
                workers);
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
                List.copyOf(running));
    }
}
