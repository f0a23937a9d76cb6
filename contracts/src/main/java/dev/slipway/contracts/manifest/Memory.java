package dev.slipway.contracts.manifest;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory of one instance.
 *
 * @param text a Kubernetes quantity
 */
record Memory(String text, long bytes) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})([kKMGTP]?i?)([bB]?)");
    private static final String DECIMAL = "KMGTP";
    private static final BigInteger LEAST = BigInteger.valueOf(128_000_000);
    private static final BigInteger MOST = BigInteger.valueOf(32L << 30);
    private static final Map<Long, String> CPU_BY_MEBIBYTES =
            Map.of(
                    128L, "0.083", 256L, "0.167", 512L, "0.333", 1024L, "0.583", 2048L, "1", 4096L,
                    "2", 8192L, "2", 16_384L, "4", 32_768L, "8");

    /** Nothing for what is no quantity or outside 128M to 32Gi. */
    static Optional<Memory> parse(String text, Profile profile) {
        Matcher form = FORM.matcher(text);
        boolean functions = profile == Profile.FUNCTIONS;
        if (!form.matches()
                || form.group(2).equals("i")
                || !(functions || form.group(3).isEmpty())) {
            return Optional.empty();
        }
        boolean bare = form.group(2).isEmpty();
        String unit = functions && bare ? "M" : unit(form.group(2));
        BigInteger number = new BigInteger(form.group(1));
        BigInteger bytes = number.multiply(factor(unit));
        boolean allowed = bytes.compareTo(LEAST) >= 0 && bytes.compareTo(MOST) <= 0;
        return allowed
                ? Optional.of(new Memory(number + unit, bytes.longValue()))
                : Optional.empty();
    }

    /** Kubernetes writes the decimal thousand small. */
    private static String unit(String written) {
        return switch (written) {
            case "K" -> "k";
            case "ki" -> "Ki";
            default -> written;
        };
    }

    private static BigInteger factor(String unit) {
        if (unit.isEmpty()) {
            return BigInteger.ONE;
        }
        int power = 1 + DECIMAL.indexOf(unit.substring(0, 1).toUpperCase(Locale.ROOT));
        return BigInteger.valueOf(unit.endsWith("i") ? 1024 : 1000).pow(power);
    }

    /** What Cloud Functions gives with this memory: the next tier's CPU. */
    String functionsCpu() {
        long mebibytes =
                CPU_BY_MEBIBYTES.keySet().stream()
                        .filter(tier -> tier << 20 >= bytes)
                        .min(Long::compare)
                        .orElseThrow();
        return CPU_BY_MEBIBYTES.getOrDefault(mebibytes, "1");
    }
}
