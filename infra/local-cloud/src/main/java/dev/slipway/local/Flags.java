package dev.slipway.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The program's arguments: {@code --flag value}, a later one wins. */
final class Flags {
    static final String USAGE =
            """
            usage: java -jar slipway-local-cloud.jar --home DIR [--port PORT] [--region REGION,…]
                   [--installation NAME] [--concurrent-builds N] [--build-quota N]
                   [--startup-timeout DURATION] [--idle-timeout DURATION]
                   [--instant-builds] [--instant-services]
            --instant-builds builds nothing and --instant-services runs nothing: both are for measuring only.
            A duration is a number and ms, s, m or h. Port 0, the default, takes a free one.\
            """;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final int LAST_PORT = 65535;
    private static final int MOST_BUILDS = 1000;
    private static final Set<String> SWITCHES = Set.of("--instant-builds", "--instant-services");

    private Flags() {}

    /**
     * The settings that the arguments ask for.
     *
     * @throws IllegalArgumentException naming the flag, what was found and what is allowed
     */
    static Settings read(List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        @Nullable Settings settings = null;
        Deque<String[]> others = new ArrayDeque<>();
        while (!rest.isEmpty()) {
            String flag = rest.pop();
            if (SWITCHES.contains(flag)) {
                others.add(new String[] {flag, ""});
                continue;
            }
            if (rest.isEmpty()) {
                throw new IllegalArgumentException(flag + " needs a value");
            }
            String value = rest.pop();
            if (flag.equals("--home")) {
                settings = Settings.defaults(Path.of(value).toAbsolutePath().normalize());
            } else {
                others.add(new String[] {flag, value});
            }
        }
        if (settings == null) {
            throw new IllegalArgumentException("--home DIR is missing");
        }
        for (String[] other : others) {
            settings = with(settings, other[0], other[1]);
        }
        return settings;
    }

    private static Settings with(Settings was, String flag, String value) {
        int port = was.port();
        String installation = was.installation();
        List<String> regions = was.regions();
        int concurrentBuilds = was.concurrentBuilds();
        int buildQuota = was.buildQuota();
        Duration startupTimeout = was.startupTimeout();
        Duration idleTimeout = was.idleTimeout();
        boolean instantBuilds = was.instantBuilds();
        boolean instantServices = was.instantServices();
        switch (flag) {
            case "--port" -> port = number(flag, value, LAST_PORT);
            case "--installation" -> installation = value;
            case "--region" -> regions = List.of(value.split(",", -1));
            case "--concurrent-builds" -> concurrentBuilds = number(flag, value, MOST_BUILDS);
            case "--build-quota" -> buildQuota = number(flag, value, MOST_BUILDS);
            case "--startup-timeout" -> startupTimeout = duration(flag, value);
            case "--idle-timeout" -> idleTimeout = duration(flag, value);
            case "--instant-builds" -> instantBuilds = true;
            case "--instant-services" -> instantServices = true;
            default -> throw new IllegalArgumentException(flag + " is no flag of this program");
        }
        return new Settings(
                was.home(),
                port,
                was.project(),
                was.projectNumber(),
                installation,
                regions,
                concurrentBuilds,
                buildQuota,
                startupTimeout,
                idleTimeout,
                instantBuilds,
                instantServices);
    }

    private static int number(String flag, String value, int largest) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 0 && number <= largest) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException(
                flag + " is a number from 0 to " + largest + ", not " + value);
    }

    private static Duration duration(String flag, String value) {
        Matcher form = DURATION.matcher(value);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    flag + " is a number and ms, s, m or h, not " + value);
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
