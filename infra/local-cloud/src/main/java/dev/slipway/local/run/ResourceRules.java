package dev.slipway.local.run;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which cpu and memory go together: cloud.google.com/run/docs/configuring (cpu, memory-limits). */
final class ResourceRules {
    private static final BigDecimal MEBI = BigDecimal.valueOf(1 << 20);
    private static final BigDecimal LEAST_CPU = new BigDecimal("0.08");
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final Set<Integer> WHOLE_CPUS = Set.of(1, 2, 4, 6, 8);
    private static final int LEAST_MEMORY_MEBI = 128;

    /** With so many processors, memory is from least to most. */
    private record Pairing(int cpus, int leastMebi, int mostMebi) {}

    private static final List<Pairing> PAIRINGS =
            List.of(
                    new Pairing(1, LEAST_MEMORY_MEBI, 4 << 10),
                    new Pairing(2, LEAST_MEMORY_MEBI, 8 << 10),
                    new Pairing(4, 2 << 10, 16 << 10),
                    new Pairing(6, 4 << 10, 24 << 10),
                    new Pairing(8, 4 << 10, 32 << 10));

    private ResourceRules() {}

    static void check(String field, Map<String, String> limits, int concurrency) {
        for (String key : limits.keySet()) {
            if (key.equals("nvidia.com/gpu")) {
                throw Refused.notImitated(field + ".nvidia.com/gpu");
            }
            if (!key.equals("cpu") && !key.equals("memory")) {
                throw Refused.invalid(
                        field, "only memory, cpu and nvidia.com/gpu, not '" + key + "'");
            }
        }
        BigDecimal cpu = amount(field + ".cpu", limits.getOrDefault("cpu", ""));
        BigDecimal memory = amount(field + ".memory", limits.getOrDefault("memory", ""));
        if (cpu.compareTo(BigDecimal.ONE) < 0) {
            checkFraction(field, cpu, memory, concurrency);
        } else {
            checkWhole(field, cpu, memory);
        }
    }

    private static void checkFraction(
            String field, BigDecimal cpu, BigDecimal memory, int concurrency) {
        if (cpu.compareTo(LEAST_CPU) < 0) {
            throw Refused.invalid(field + ".cpu", "is at least 0.08, not " + cpu);
        }
        if (concurrency > 1) {
            throw Refused.invalid(
                    field + ".cpu",
                    "Total cpu < 1 is not supported with concurrency > 1; found %s and %d"
                            .formatted(cpu.toPlainString(), concurrency));
        }
        checkMemory(field, memory, LEAST_MEMORY_MEBI, cpu.compareTo(HALF) < 0 ? 512 : 1024, cpu);
    }

    private static void checkWhole(String field, BigDecimal cpu, BigDecimal memory) {
        for (Pairing pairing : PAIRINGS) {
            if (cpu.compareTo(BigDecimal.valueOf(pairing.cpus())) == 0) {
                checkMemory(field, memory, pairing.leastMebi(), pairing.mostMebi(), cpu);
                return;
            }
        }
        throw Refused.invalid(
                field + ".cpu", "is below 1 or one of " + WHOLE_CPUS.stream().sorted().toList());
    }

    private static void checkMemory(
            String field, BigDecimal memory, int least, int most, BigDecimal cpu) {
        if (memory.compareTo(MEBI.multiply(BigDecimal.valueOf(least))) < 0
                || memory.compareTo(MEBI.multiply(BigDecimal.valueOf(most))) > 0) {
            throw Refused.invalid(
                    field + ".memory",
                    "with %s cpu it is from %dMi to %dMi, not %s bytes"
                            .formatted(
                                    cpu.stripTrailingZeros().toPlainString(),
                                    least,
                                    most,
                                    memory.toPlainString()));
        }
    }

    private static BigDecimal amount(String field, String text) {
        return Quantity.read(text)
                .orElseThrow(
                        () ->
                                Refused.invalid(
                                        field,
                                        "'"
                                                + text
                                                + "' is no quantity such as 1, 500m, 512Mi or 2Gi"));
    }
}
