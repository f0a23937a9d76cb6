package dev.slipway.contracts.manifest;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** CPUs of one instance. */
record Cpu(BigDecimal count) {
    private static final Pattern FORM = Pattern.compile("\\d{0,6}(\\.\\d{1,6})?m?");
    private static final BigDecimal LEAST = new BigDecimal("0.08");
    private static final Set<Integer> WHOLE = Set.of(1, 2, 4, 6, 8);
    private static final int HUNDREDTHS = 2;
    private static final int THOUSANDTHS = 3;

    /** Nothing for what is no number, or none that the platform has. */
    static Optional<Cpu> parse(String text, Profile profile) {
        String digits = text.endsWith("m") ? text.substring(0, text.length() - 1) : text;
        if (!FORM.matcher(text).matches() || digits.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal written = new BigDecimal(digits);
        BigDecimal count = text.endsWith("m") ? written.movePointLeft(THOUSANDTHS) : written;
        Cpu cpu = new Cpu(count.stripTrailingZeros());
        return cpu.exists(profile) ? Optional.of(cpu) : Optional.empty();
    }

    private boolean exists(Profile profile) {
        if (!belowOne()) {
            return count.scale() <= 0 && WHOLE.contains(count.intValue());
        }
        int steps = profile == Profile.RUN ? HUNDREDTHS : THOUSANDTHS;
        return count.compareTo(LEAST) >= 0 && count.scale() <= steps;
    }

    boolean belowOne() {
        return count.compareTo(BigDecimal.ONE) < 0;
    }

    boolean isAtLeast(int cpus) {
        return count.compareTo(BigDecimal.valueOf(cpus)) >= 0;
    }

    String text() {
        return count.toPlainString();
    }
}
