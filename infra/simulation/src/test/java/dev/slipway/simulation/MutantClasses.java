package dev.slipway.simulation;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * All of Slipway's classes once more, some of them compiled from changed sources. What is loaded
 * here meets nothing of the same name that is loaded elsewhere.
 */
final class MutantClasses extends URLClassLoader {
    private static final String OURS = "dev.slipway.";

    private MutantClasses(URL[] classPath) {
        super(classPath, MutantClasses.class.getClassLoader());
    }

    /**
     * The classes of this mutant.
     *
     * @param parent where a folder is made for what is compiled
     */
    static MutantClasses of(Mutant mutant, Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, "mutant");
        compile(changed(mutant.edits()), folder);
        List<URL> classPath = new ArrayList<>();
        classPath.add(folder.toUri().toURL());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            classPath.add(url(entry));
        }
        return new MutantClasses(classPath.toArray(URL[]::new));
    }

    /** Lives through schedules with these classes; a line for each that violated something. */
    @SuppressWarnings("unchecked")
    List<String> hunt(Path folder, Generator generator, long from, long to) {
        try {
            return (List<String>)
                    loadClass(Hunt.class.getName())
                            .getMethod("run", String.class, String.class, long.class, long.class)
                            .invoke(null, folder.toString(), generator.name(), from, to);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the mutant could not be run", e);
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> changed(List<Mutant.Edit> edits) throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Mutant.Edit edit : edits) {
            String source = sources.get(edit.file());
            String before = source == null ? Files.readString(top().resolve(edit.file())) : source;
            String after = before.replace(edit.text(), edit.other());
            if (after.equals(before)) {
                throw new IllegalStateException(
                        edit.file()
                                + " has no longer the text that is to be changed:\n"
                                + edit.text());
            }
            sources.put(edit.file(), after);
        }
        return sources;
    }

    /** The top of the checkout. */
    private static Path top() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("deploy-worker"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("this is not below the checkout");
            }
        }
        return folder;
    }

    private static void compile(Map<String, String> sources, Path folder) throws IOException {
        Path changed = Files.createDirectories(folder.resolve("changed"));
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = changed.resolve(Path.of(source.getKey()).getFileName());
            files.add(Files.writeString(file, source.getValue()));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of(
                            "-proc:none",
                            "-nowarn",
                            "-d",
                            folder.toString(),
                            "-cp",
                            System.getProperty("java.class.path"));
            boolean compiled =
                    compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    options,
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files))
                            .call();
            if (!compiled) {
                throw new IllegalStateException("the changed sources do not compile: " + files);
            }
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : findClass(name);
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }
}
