package dev.slipway.local.build.language;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a build gets of this machine: where npm's registry is and how it is reached, the path that
 * programs are on, and nothing else. Builds have a home of their own; npm keeps reading the user's
 * {@code .npmrc} and using the user's cache.
 *
 * @param environment of every program
 * @param secrets the tokens and passwords among npm's settings
 */
public record HostSettings(Map<String, String> environment, List<String> secrets) {
    private static final String NPM = "npm_config_";
    private static final String USER_FILE = "npm_config_userconfig";
    private static final String CACHE = "npm_config_cache";
    private static final Set<String> PASSED =
            Set.of("path", "http_proxy", "https_proxy", "no_proxy", "node_extra_ca_certs");

    /** These say where or what npm installs, which a build decides itself. */
    private static final Set<String> NOT_PASSED =
            Set.of(
                    "npm_config_prefix",
                    "npm_config_local_prefix",
                    "npm_config_global",
                    "npm_config_global_prefix",
                    "npm_config_location",
                    "npm_config_dry_run",
                    "npm_config_workspace",
                    "npm_config_workspaces");

    private static final Pattern SECRET =
            Pattern.compile("(?i)^.*(?:_authtoken|_auth|_password)\\s*=\\s*(.+)$");
    private static final Pattern OWN_CACHE = Pattern.compile("^\\s*cache\\s*=.*");
    private static final int SHORTEST_SECRET = 4;

    /** Copies the collections. */
    public HostSettings {
        environment = Map.copyOf(environment);
        secrets = List.copyOf(secrets);
    }

    /**
     * Reads the settings.
     *
     * @param host this process's variables
     * @param userHome the user's home
     * @param buildHome the home of builds
     */
    public static HostSettings of(Map<String, String> host, Path userHome, Path buildHome) {
        Map<String, String> environment = new TreeMap<>();
        List<String> secrets = new ArrayList<>();
        host.forEach(
                (name, value) -> {
                    String known = name.toLowerCase(Locale.ROOT);
                    boolean npm = known.startsWith(NPM) && !NOT_PASSED.contains(known);
                    if (npm || PASSED.contains(known)) {
                        environment.put(npm ? known : name, value);
                        addSecret(name + "=" + value, secrets);
                    }
                });
        environment.put("HOME", buildHome.toString());
        environment.putIfAbsent(USER_FILE, userHome.resolve(".npmrc").toString());
        List<String> lines = lines(Path.of(environment.getOrDefault(USER_FILE, "")));
        lines.forEach(line -> addSecret(line, secrets));
        if (lines.stream().noneMatch(line -> OWN_CACHE.matcher(line).matches())) {
            environment.putIfAbsent(CACHE, userHome.resolve(".npm").toString());
        }
        return new HostSettings(environment, secrets);
    }

    /** The same, with secrets of other settings besides. */
    public HostSettings hiding(List<String> more) {
        return new HostSettings(
                environment, Stream.concat(secrets.stream(), more.stream()).toList());
    }

    private static List<String> lines(@Nullable Path file) {
        try {
            return file == null || !Files.isRegularFile(file)
                    ? List.of()
                    : Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return List.of(); // npm says so itself
        }
    }

    private static void addSecret(String setting, List<String> secrets) {
        Matcher form = SECRET.matcher(setting);
        if (form.matches()) {
            String secret = form.group(1).strip().replaceAll("^[\"']|[\"']$", "");
            if (secret.length() >= SHORTEST_SECRET && !secret.startsWith("${")) {
                secrets.add(secret);
            }
        }
    }
}
