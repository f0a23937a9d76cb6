package dev.slipway.local.build.node;

import dev.slipway.local.build.language.Application;
import dev.slipway.local.build.language.Application.Layer;
import dev.slipway.local.build.language.BuildFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a built source, as layers: dependencies and the application. */
final class Workspace {
    /** What npm and the source's owner need and the running function does not. */
    private static final Set<String> LEFT_OUT = Set.of(".npmrc");

    private static final String BINARIES = ".bin";
    private static final int MOST_FILES = 200_000;

    private final Path root;
    private final List<Application.File> files = new ArrayList<>();
    private final Set<Path> followed = new HashSet<>();

    private Workspace(Path root) {
        this.root = root;
    }

    /** The layer of one folder at the root, and of all the rest. */
    static List<Layer> layers(Path directory, String dependencies) throws BuildFailed, IOException {
        Path root = directory.toRealPath();
        Workspace installed = new Workspace(root);
        installed.add(root.resolve(dependencies), dependencies);
        Workspace own = new Workspace(root);
        for (Path child : children(root)) {
            String name = child.getFileName().toString();
            if (!name.equals(dependencies) && !LEFT_OUT.contains(name)) {
                own.add(child, name);
            }
        }
        return List.of(
                new Layer("dependencies", installed.files), new Layer("application", own.files));
    }

    /**
     * Links become what they lead to, as far as that lies in the workspace: npm links packages of
     * the source itself into its modules. Those in {@code .bin} start programs on the command line
     * and are left out.
     */
    private void add(Path file, String path) throws BuildFailed, IOException {
        if (Files.isSymbolicLink(file)) {
            addLinked(file, path);
        } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            for (Path child : children(file)) {
                String name = child.getFileName().toString();
                if (!name.equals(BINARIES)) {
                    add(child, path + "/" + name);
                }
            }
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            if (files.size() == MOST_FILES) {
                throw new BuildFailed(
                        "The built source has more than the %d files allowed."
                                .formatted(MOST_FILES));
            }
            files.add(new Application.File(file, path, Files.isExecutable(file)));
        }
    }

    /** A link that leads to a folder around itself would never end. */
    private void addLinked(Path link, String path) throws BuildFailed, IOException {
        if (Files.exists(link)) {
            Path real = link.toRealPath();
            if (real.startsWith(root) && !link.startsWith(real) && followed.add(real)) {
                add(real, path);
                followed.remove(real);
            }
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
