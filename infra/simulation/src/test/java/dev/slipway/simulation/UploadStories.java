package dev.slipway.simulation;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.kit.FailureKind;
import dev.slipway.upload.Archives;
import dev.slipway.upload.decide.Drop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How a drop ends before it is verified. */
final class UploadStories {
    private static final String ZIP = "hello.zip";
    private static final String STAGING = "run-sources-p-europe-west1";
    private static final int FOR_GOOD = 100_000;

    private UploadStories() {}

    private static List<Story<DeploymentId>> dropped(String what, byte[] archive, String... names) {
        return List.of(Story.of(what, chain -> chain.drop(ZIP, archive), names));
    }

    static List<Story<DeploymentId>> dropOverwritten() {
        return List.of(
                Story.of(
                        "another generation takes its name before it is read",
                        chain -> {
                            Drop older = chain.put(ZIP, Archives.function("1"));
                            chain.put(ZIP, Archives.function("2"));
                            chain.drops.remove(older.version());
                            return chain.announce(older);
                        },
                        "overwritten"));
    }

    static List<Story<DeploymentId>> dropDeleted() {
        return List.of(
                Story.of(
                        "somebody deletes it before it is read",
                        chain -> {
                            Drop drop = chain.put(ZIP, Archives.function("1"));
                            chain.drops.delete(ZIP);
                            chain.drops.remove(drop.version());
                            return chain.announce(drop);
                        },
                        "deleted"));
    }

    static Story<DeploymentId> announcedAfterANewerOne() {
        return Story.of(
                "it is announced after a newer one went live",
                chain -> {
                    Drop older = chain.put("hello/1.zip", Archives.function("1"));
                    chain.hello("2");
                    return chain.announce(older);
                },
                "newer");
    }

    static List<Story<DeploymentId>> nameInvalid() {
        return List.of(
                Story.of(
                        "an underline in its name",
                        chain -> chain.drop("Hello_World.zip", Archives.function("1")),
                        "'Hello_World'",
                        "a-z"),
                Story.of(
                        "no name at all",
                        chain -> chain.drop("europe-west1/.zip", Archives.function("1")),
                        "a-z"));
    }

    static List<Story<DeploymentId>> regionNotAllowed() {
        return List.of(
                Story.of(
                        "a region of Google's that the operator does not serve",
                        chain -> chain.drop("us-central1/hello.zip", Archives.function("1")),
                        "'us-central1'",
                        "europe-west1"));
    }

    static List<Story<DeploymentId>> notAnArchive() {
        return dropped("plain text", "hello".getBytes(StandardCharsets.UTF_8), "zip", "tar");
    }

    static List<Story<DeploymentId>> archiveDamaged() {
        byte[] whole = Archives.function("1");
        return dropped("half a zip", Arrays.copyOf(whole, whole.length / 2), "pack");
    }

    static List<Story<DeploymentId>> archiveUnsafe() {
        return dropped("an entry above the root", Archives.zip("../evil.js", "1"), "..");
    }

    static List<Story<DeploymentId>> archiveTooLarge() {
        return List.of(
                Story.of(
                        "more bytes than are allowed",
                        chain -> chain.drop(ZIP, new byte[1_000_001]),
                        "1000001",
                        "1000000"),
                Story.of(
                        "more bytes in it than are allowed",
                        chain -> chain.drop(ZIP, Archives.zip("a.txt", "a".repeat(1_000_001))),
                        "1000000"));
    }

    static List<Story<DeploymentId>> archiveEmpty() {
        return List.of(
                Story.of("no bytes", chain -> chain.drop(ZIP, new byte[0]), "bytes"),
                Story.of("no entries", chain -> chain.drop(ZIP, Archives.zip()), "file"),
                Story.of(
                        "only a manifest",
                        chain -> chain.drop(ZIP, Archives.zip("slipway.yaml", Archives.MANIFEST)),
                        "slipway.yaml"));
    }

    static List<Story<DeploymentId>> manifestInvalid() {
        return List.of(
                manifest("no YAML", "a: [", "slipway.yaml"),
                manifest("an unknown field", "memry: 1Gi", "memry", "memory"),
                manifest("too little memory", "memory: 1Mi", "memory", "1Mi"),
                manifest("the name of another service", "service: other", "other", "hello"),
                manifest("a reserved variable", "env: { PORT: '1' }", "PORT"),
                manifest("what is not supported yet", "vpcConnector: a", "vpcConnector"));
    }

    private static Story<DeploymentId> manifest(String what, String line, String... names) {
        return Story.of(
                what,
                chain ->
                        chain.drop(
                                ZIP,
                                Archives.zip(
                                        "index.js", "1", "slipway.yaml", Archives.MANIFEST + line)),
                names);
    }

    static List<Story<DeploymentId>> verifyTimedOut() {
        return List.of(
                Story.of(
                        "the staging bucket does not answer",
                        chain -> {
                            chain.staging.refuse(FailureKind.TRANSIENT, FOR_GOOD);
                            DeploymentId hello = chain.hello("1");
                            chain.pass(Duration.ofMinutes(12));
                            return hello;
                        },
                        "10 min"),
                Story.of(
                        "the drop bucket asks for pauses",
                        chain -> {
                            chain.drops.refuseFetch(FailureKind.BUSY, FOR_GOOD);
                            DeploymentId hello = chain.hello("1");
                            chain.pass(Duration.ofMinutes(12));
                            return hello;
                        },
                        "10 min"));
    }

    static List<Story<DeploymentId>> stagingFailed() {
        return List.of(
                Story.of(
                        "the bucket is somebody else's",
                        chain -> {
                            chain.staging.makeUnusable(STAGING);
                            return chain.hello("1");
                        },
                        "stage services/hello/"),
                Story.of(
                        "the permission does not come",
                        chain -> {
                            chain.staging.refuse(FailureKind.DENIED, FOR_GOOD);
                            DeploymentId hello = chain.hello("1");
                            chain.pass(Duration.ofMinutes(9));
                            return hello;
                        },
                        "stage services/hello/",
                        "DENIED"));
    }
}
