package dev.slipway.local.build.node;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The usual forms of npm's version ranges: {@code >=18 <21}, {@code ^20.1}, {@code ~20.1.0}, {@code
 * 20.x}, {@code 18 || 20}, {@code 18 - 20}.
 */
final class EngineRange {
    private static final Pattern VERSION =
            Pattern.compile("v?(\\d{1,6})(?:\\.(\\d{1,6}|[xX*]))?(?:\\.(\\d{1,6}|[xX*]))?(?:-.*)?");
    private static final Pattern BOUND = Pattern.compile("(>=|<=|>|<|=|\\^|~)?(.+)");
    private static final Pattern SPACED = Pattern.compile("(>=|<=|>|<|=|\\^|~)\\s+");
    private static final Pattern HYPHEN = Pattern.compile("(\\S+)\\s+-\\s+(\\S+)");
    private static final long PART = 1_000_000;

    private EngineRange() {}

    /** Whether the version lies in the range; empty where the range has another form. */
    static Optional<Boolean> admits(String range, String version) {
        Matcher own = VERSION.matcher(version.strip());
        if (!own.matches()) {
            return Optional.empty();
        }
        boolean admitted = false;
        for (String alternative : range.split("\\|\\|", -1)) {
            Optional<Boolean> one = all(alternative.strip(), low(own));
            if (one.isEmpty()) {
                return one;
            }
            admitted |= one.get();
        }
        return Optional.of(admitted);
    }

    private static Optional<Boolean> all(String bounds, long version) {
        Matcher hyphen = HYPHEN.matcher(bounds);
        String text =
                hyphen.matches()
                        ? ">=" + hyphen.group(1) + " <=" + hyphen.group(2)
                        : SPACED.matcher(bounds).replaceAll("$1");
        boolean admitted = true;
        for (String bound : text.split("\\s+", -1)) {
            Optional<Boolean> one = one(bound, version);
            if (one.isEmpty()) {
                return one;
            }
            admitted &= one.get();
        }
        return Optional.of(admitted);
    }

    private static Optional<Boolean> one(String bound, long version) {
        if (bound.isEmpty() || bound.equals("*") || bound.equalsIgnoreCase("x")) {
            return Optional.of(true);
        }
        Matcher parts = BOUND.matcher(bound);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Matcher limit = VERSION.matcher(parts.group(2));
        return limit.matches()
                ? Optional.of(compare(String.valueOf(parts.group(1)), limit, version))
                : Optional.empty();
    }

    private static boolean compare(String operator, Matcher limit, long version) {
        return switch (operator) {
            case ">=" -> version >= low(limit);
            case ">" -> version >= high(limit, 3);
            case "<" -> version < low(limit);
            case "<=" -> version < high(limit, 3);
            case "^" -> version >= low(limit) && version < high(limit, 1);
            case "~" -> version >= low(limit) && version < high(limit, 2);
            default -> version >= low(limit) && version < high(limit, 3);
        };
    }

    private static long low(Matcher version) {
        return (part(version, 1) * PART + part(version, 2)) * PART + part(version, 3);
    }

    /** The first version above all that agree with this one in its first parts. */
    private static long high(Matcher version, int parts) {
        if (parts == 1 || isOpen(version, 2)) {
            return (part(version, 1) + 1) * PART * PART;
        }
        return parts == 2 || isOpen(version, 3)
                ? (part(version, 1) * PART + part(version, 2) + 1) * PART
                : low(version) + 1;
    }

    private static boolean isOpen(Matcher version, int part) {
        String text = version.group(part);
        return text == null || !Character.isDigit(text.charAt(0));
    }

    private static long part(Matcher version, int part) {
        return isOpen(version, part) ? 0 : Long.parseLong(version.group(part));
    }
}
