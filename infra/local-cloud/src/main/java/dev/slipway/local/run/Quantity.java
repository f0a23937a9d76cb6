package dev.slipway.local.run;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes' way to write an amount: {@code 512Mi}, {@code 1000m}, {@code .5}, {@code 2G}. */
final class Quantity {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?|\\.\\d{1,9})(m|k|M|G|T|Ki|Mi|Gi|Ti)?");
    private static final Map<String, BigDecimal> UNITS =
            Map.of(
                    "m", new BigDecimal("0.001"),
                    "k", BigDecimal.TEN.pow(3),
                    "M", BigDecimal.TEN.pow(6),
                    "G", BigDecimal.TEN.pow(9),
                    "T", BigDecimal.TEN.pow(12),
                    "Ki", BigDecimal.valueOf(1L << 10),
                    "Mi", BigDecimal.valueOf(1L << 20),
                    "Gi", BigDecimal.valueOf(1L << 30),
                    "Ti", BigDecimal.valueOf(1L << 40));

    private Quantity() {}

    /** The amount; empty where the text is none. */
    static Optional<BigDecimal> read(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(form.group(1));
        String unit = form.group(2);
        return Optional.of(unit == null ? number : number.multiply(UNITS.get(unit)));
    }
}
