package dev.slipway.local.build.language;

import dev.slipway.local.build.language.Application.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a built source, as layers: dependencies and the application. */
public final class Workspace {
    /** What npm needs and the running application does not; it may hold tokens. */
    private static final Set<String> LEFT_OUT = Set.of(".npmrc");

    /** Where npm links the programs of packages. */
    private static final String BINARIES = ".bin";

    private static final int MOST_FILES = 200_000;

    private final Path root;
    private final List<String> dependencies;
    private final List<Application.File> installed = new ArrayList<>();
    private final List<Application.File> own = new ArrayList<>();
    private final Set<Path> followed = new HashSet<>();

    private Workspace(Path root, List<String> dependencies) {
        this.root = root;
        this.dependencies = dependencies;
    }

    /**
     * The layer of what was installed, and of all the rest.
     *
     * @param dependencies folders, relative to the directory, whose files make the first layer
     */
    public static List<Layer> layers(Path directory, List<String> dependencies)
            throws BuildFailed, IOException {
        Workspace workspace =
                new Workspace(
                        directory.toRealPath(),
                        dependencies.stream().map(folder -> folder + "/").toList());
        for (Path child : children(workspace.root)) {
            String name = child.getFileName().toString();
            if (!LEFT_OUT.contains(name)) {
                workspace.add(child, name);
            }
        }
        return List.of(
                new Layer("dependencies", workspace.installed),
                new Layer("application", workspace.own));
    }

    /**
     * Links become what they lead to, as far as that lies in the workspace: npm links packages of
     * the source itself into its modules.
     */
    private void add(Path file, String path) throws BuildFailed, IOException {
        if (Files.isSymbolicLink(file)) {
            addLinked(file, path);
        } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            for (Path child : children(file)) {
                add(child, path + "/" + child.getFileName());
            }
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            put(new Application.File(file, path, Files.isExecutable(file)));
        }
    }

    private void put(Application.File file) throws BuildFailed {
        if (installed.size() + own.size() == MOST_FILES) {
            throw new BuildFailed(
                    "The built source has more than the %d files allowed.".formatted(MOST_FILES));
        }
        boolean dependency = dependencies.stream().anyMatch(file.path()::startsWith);
        (dependency ? installed : own).add(file);
    }

    /** A link that leads to a folder around itself would never end. */
    private void addLinked(Path link, String path) throws BuildFailed, IOException {
        if (!Files.exists(link)) {
            return;
        }
        Path real = link.toRealPath();
        if (!real.startsWith(root) || link.startsWith(real)) {
            return;
        }
        if (isProgram(link, real)) {
            put(new Application.File(starter(link, real), path, true));
        } else if (followed.add(real)) {
            add(real, path);
            followed.remove(real);
        }
    }

    private static boolean isProgram(Path link, Path real) {
        return folder(link).endsWith(BINARIES) && Files.isRegularFile(real);
    }

    /**
     * A program finds its own modules from where it lies, so a copy beside the link would not run:
     * the link becomes a script that starts it where it is.
     */
    private static Path starter(Path link, Path real) throws IOException {
        Path script = link.resolveSibling("." + link.getFileName() + ".starter");
        String target = folder(link).relativize(real).toString().replace("'", "'\\''");
        return Files.writeString(script, "#!/bin/sh\nexec \"${0%/*}\"/'" + target + "' \"$@\"\n");
    }

    private static Path folder(Path link) {
        return Objects.requireNonNull(link.getParent(), "a file of the workspace lies in a folder");
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
