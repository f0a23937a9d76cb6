package dev.slipway.cli.drop;

import dev.slipway.cli.terminal.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A source and the service that it is to become. */
public record Planned(Source source, NamedService named) {
    /**
     * All sources of one command.
     *
     * @param service the name that was asked for, if one was
     * @throws Problem if one cannot be dropped, or two would become the same service
     */
    public static List<Planned> all(List<Path> places, @Nullable String service) {
        List<Planned> planned = each(places, service, Source::at);
        refuseTwins(planned);
        return planned;
    }

    /**
     * The same where nothing is dropped: any file is taken for an archive, and several may be meant
     * for one service.
     */
    public static List<Planned> toCheck(List<Path> places, @Nullable String service) {
        return each(places, service, Source::toCheck);
    }

    private static List<Planned> each(
            List<Path> places, @Nullable String service, Function<Path, Source> at) {
        if (service != null && places.size() > 1) {
            throw Problem.usage(
                    "--service names one service, and there are " + places.size() + " sources",
                    "Name them one by one, or leave --service out: each is named after its folder"
                            + " or archive.");
        }
        return places.stream().map(at).map(source -> planned(source, service)).toList();
    }

    private static Planned planned(Source source, @Nullable String service) {
        return new Planned(
                source,
                service == null
                        ? NamedService.nearest(source.baseName())
                        : NamedService.asked(service));
    }

    private static void refuseTwins(List<Planned> planned) {
        Map<String, Planned> known = new LinkedHashMap<>();
        for (Planned one : planned) {
            Planned twin = known.putIfAbsent(one.name(), one);
            if (twin != null) {
                throw Problem.usage(
                        twin.source().path()
                                + " and "
                                + one.source().path()
                                + " would both be the service "
                                + one.name(),
                        "Drop one of them alone, under another name with --service NAME. Nothing"
                                + " was uploaded.");
            }
        }
    }

    /** The service's name. */
    public String name() {
        return named.service().value();
    }

    /**
     * The object's name in the drop bucket.
     *
     * @param region null for the installation's first
     */
    public String object(@Nullable String region) {
        return (region == null ? "" : region + "/") + name() + source.suffix();
    }
}
