package dev.slipway.local.run;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The process that an image and a container ask for: the command with its arguments, where it runs
 * and every variable that it sees.
 */
record Launch(List<String> command, Path directory, Map<String, String> environment) {
    /** What every instance is told besides what its image and template say. */
    record Surroundings(String project, int cloudPort, Path home) {}

    static Launch of(
            PulledImage image,
            Container container,
            RevisionName revision,
            Surroundings around,
            int port)
            throws IOException, ImageProblem {
        String working =
                container.getWorkingDir().isEmpty()
                        ? image.workingDirectory()
                        : container.getWorkingDir();
        Path directory = below(image.root(), working);
        Files.createDirectories(directory);
        Map<String, String> environment = environment(image, container, around);
        environment.put("PORT", Integer.toString(port));
        environment.put("K_SERVICE", revision.service().id());
        environment.put("K_REVISION", revision.id());
        environment.put("K_CONFIGURATION", revision.service().id());
        List<String> command = new ArrayList<>(command(image, container));
        command.set(
                0,
                executable(
                        image,
                        directory,
                        command.getFirst(),
                        environment.getOrDefault("PATH", hostPath())));
        return new Launch(command, directory, environment);
    }

    /**
     * As Kubernetes has it: a command of the template's own also replaces the image's arguments.
     */
    private static List<String> command(PulledImage image, Container container)
            throws ImageProblem {
        Stream<String> entrypoint =
                container.getCommandCount() > 0
                        ? container.getCommandList().stream()
                        : image.entrypoint().stream();
        boolean own = container.getArgsCount() > 0 || container.getCommandCount() > 0;
        Stream<String> arguments =
                own ? container.getArgsList().stream() : image.command().stream();
        List<String> command = Stream.concat(entrypoint, arguments).toList();
        if (command.isEmpty()) {
            throw new ImageProblem(
                    Verdict.Cause.CONTAINER, "The image has neither entrypoint nor command.");
        }
        return command;
    }

    private static Map<String, String> environment(
            PulledImage image, Container container, Surroundings around) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("GOOGLE_CLOUD_PROJECT", around.project());
        environment.put("PUBSUB_EMULATOR_HOST", "localhost:" + around.cloudPort());
        environment.put("STORAGE_EMULATOR_HOST", "http://localhost:" + around.cloudPort());
        environment.putAll(image.environment());
        environment.put("HOME", around.home().toString());
        environment.put("TMPDIR", around.home().resolve("tmp").toString());
        environment.put("PATH", path(image));
        for (EnvVar variable : container.getEnvList()) {
            environment.put(variable.getName(), variable.getValue());
        }
        return environment;
    }

    /** The image's own directories that exist, then the host's. */
    private static String path(PulledImage image) {
        String own = image.environment().getOrDefault("PATH", "");
        return Stream.concat(
                        Stream.of(own.split(":", -1))
                                .filter(directory -> directory.startsWith("/"))
                                .map(directory -> image.root().resolve(directory.substring(1)))
                                .filter(Files::isDirectory)
                                .map(Path::toString),
                        Stream.of(hostPath()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String hostPath() {
        String path = System.getenv("PATH");
        return path == null ? "/usr/local/bin:/usr/bin:/bin" : path;
    }

    private static String executable(PulledImage image, Path directory, String command, String path)
            throws ImageProblem {
        if (command.startsWith("/")) {
            Path inside = below(image.root(), command);
            return Files.isExecutable(inside) ? inside.toString() : command;
        }
        if (command.contains("/")) {
            return directory.resolve(command).toString();
        }
        for (String entry : path.split(File.pathSeparator, -1)) {
            Path found = Path.of(entry).resolve(command);
            if (Files.isRegularFile(found) && Files.isExecutable(found)) {
                return found.toAbsolutePath().toString();
            }
        }
        throw new ImageProblem(
                Verdict.Cause.CONTAINER,
                "The container's command '%s' is found neither in the image nor on this machine's PATH."
                        .formatted(command));
    }

    private static Path below(Path root, String absolute) throws ImageProblem {
        Path path = root.resolve(absolute.replaceFirst("^/+", "")).normalize();
        if (!path.startsWith(root)) {
            throw new ImageProblem(
                    Verdict.Cause.CONTAINER, "The path " + absolute + " leads out of the image.");
        }
        return path;
    }
}
