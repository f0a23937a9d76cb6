package dev.slipway.cli.installation;

import dev.slipway.cli.terminal.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the programs are that an installation runs. */
public record Checkout(Path root) {
    /**
     * The checkout that this very program was built in: {@code infra/cli/target/<jar or classes>}.
     */
    public static Checkout ofThisProgram() {
        try {
            Path program =
                    Path.of(
                            Checkout.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            return new Checkout(program.resolve("../../../..").normalize());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("this program has no place in the file system", e);
        }
    }

    /** A worker's program. */
    Path worker(String name) {
        return built(root.resolve(name).resolve("target/quarkus-app/quarkus-run.jar"));
    }

    /** Where a worker's archives of classes are. */
    Path startOfWorker(String name) {
        return root.resolve(name).resolve("target/start");
    }

    /** Where the local cloud's archives of classes are. */
    Path startOfLocalCloud() {
        return root.resolve("infra/local-cloud/target/start");
    }

    /** The local cloud's program. */
    Path localCloud() {
        Path target = root.resolve("infra/local-cloud/target");
        if (!Files.isDirectory(target)) {
            return built(target.resolve("slipway-local-cloud.jar"));
        }
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(target, "slipway-local-cloud-*.jar")) {
            for (Path jar : jars) {
                if (!jar.toString().endsWith("-tests.jar")) {
                    return jar;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + target, e);
        }
        return built(target.resolve("slipway-local-cloud.jar"));
    }

    private Path built(Path program) {
        if (!Files.exists(program)) {
            throw Problem.failed(
                    root.relativize(program) + " is not built",
                    "Run ./slipway up from the checkout, or mvn -Dquick package.");
        }
        return program;
    }
}
