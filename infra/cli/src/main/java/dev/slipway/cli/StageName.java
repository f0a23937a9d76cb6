package dev.slipway.cli;

import dev.slipway.contracts.Shown;
import dev.slipway.contracts.Topology;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A stage as people type it: {@code build}, or {@code build-worker}.
 *
 * @param id the identity id of its worker
 */
record StageName(String id) {
    private static final String WORKER = "-worker";
    private static final List<String> ALL =
            Topology.of("any", "any").identities().stream()
                    .filter(Topology.Identity::worker)
                    .map(Topology.Identity::id)
                    .toList();

    /** What runs it. */
    String worker() {
        return id + WORKER;
    }

    static Map<String, Integer> byId(Map<StageName, Integer> counts) {
        Map<String, Integer> byId = new TreeMap<>();
        counts.forEach((stage, count) -> byId.put(stage.id, count));
        return byId;
    }

    /** The stage that was typed. */
    static final class Typed implements ITypeConverter<StageName> {
        @Override
        public StageName convert(String text) {
            String id =
                    text.endsWith(WORKER)
                            ? text.substring(0, text.length() - WORKER.length())
                            : text;
            if (!ALL.contains(id)) {
                throw new TypeConversionException(
                        Shown.of(text) + " is no stage; one of " + String.join(", ", ALL));
            }
            return new StageName(id);
        }
    }
}
