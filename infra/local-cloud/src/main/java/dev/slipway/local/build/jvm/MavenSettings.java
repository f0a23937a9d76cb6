package dev.slipway.local.build.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How Maven reaches repositories from this machine: the user's settings and local repository, so
 * that what was downloaded once is there. Whatever else Maven and its plugins keep in the user's
 * home goes into the home of builds.
 *
 * @param arguments of every call
 * @param variables of every call
 * @param secrets the passwords among the settings
 */
record MavenSettings(List<String> arguments, Map<String, String> variables, List<String> secrets) {
    private static final Pattern OWN_REPOSITORY = Pattern.compile("<localRepository>");
    private static final Pattern SECRET =
            Pattern.compile(
                    "<(password|passphrase|privateKey|value)>\\s*([^<]*?)\\s*</\\1>",
                    Pattern.DOTALL);
    private static final int SHORTEST_SECRET = 4;
    private static final String REPOSITORY = "maven.repo.local";

    MavenSettings {
        arguments = List.copyOf(arguments);
        variables = Map.copyOf(variables);
        secrets = List.copyOf(secrets);
    }

    /**
     * Reads the settings.
     *
     * @param host this process's variables
     * @param buildHome the home of builds
     */
    static MavenSettings of(Map<String, String> host, Path userHome, Path buildHome) {
        Path folder = userHome.resolve(".m2");
        String text = text(folder.resolve("settings.xml"));
        Map<String, String> variables = new LinkedHashMap<>();
        for (String passed : List.of("MAVEN_ARGS", "MAVEN_OPTS")) {
            String value = host.get(passed);
            if (value != null) {
                variables.put(passed, value);
            }
        }
        List<String> arguments = new ArrayList<>();
        addFile(arguments, "--settings", folder.resolve("settings.xml"));
        addFile(arguments, "--toolchains", folder.resolve("toolchains.xml"));
        Path security = folder.resolve("settings-security.xml");
        if (Files.isRegularFile(security)) {
            arguments.add("-Dsettings.security=" + security);
        }
        boolean elsewhere =
                OWN_REPOSITORY.matcher(text).find()
                        || variables.values().stream().anyMatch(one -> one.contains(REPOSITORY));
        if (!elsewhere) {
            arguments.add("-D" + REPOSITORY + "=" + folder.resolve("repository"));
        }
        arguments.add("-Duser.home=" + buildHome);
        return new MavenSettings(arguments, variables, secrets(text));
    }

    private static void addFile(List<String> arguments, String option, Path file) {
        if (Files.isRegularFile(file)) {
            arguments.add(option);
            arguments.add(file.toString());
        }
    }

    private static List<String> secrets(String settings) {
        return SECRET.matcher(settings)
                .results()
                .map(found -> found.group(2))
                .filter(value -> value.length() >= SHORTEST_SECRET && !value.startsWith("${"))
                .distinct()
                .toList();
    }

    private static String text(@Nullable Path file) {
        try {
            return file == null || !Files.isRegularFile(file)
                    ? ""
                    : Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException _) {
            return ""; // Maven says so itself
        }
    }
}
