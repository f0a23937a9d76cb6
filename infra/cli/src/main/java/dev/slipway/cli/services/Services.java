package dev.slipway.cli.services;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Shown;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ServiceChange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The services that an installation has deployed. */
public final class Services {
    private static final int MOST_SHOWN = 20;

    private final Cloud cloud;
    private final Ledger ledger;

    /** Those that this ledger knows of. */
    public Services(Cloud cloud, Ledger ledger) {
        this.cloud = cloud;
        this.ledger = ledger;
    }

    /**
     * The service of this name, in the region that was named or in the only one that has it.
     *
     * @throws Problem if there is none or several; it tells what there is
     */
    public ServiceKey named(String name, @Nullable String region) {
        List<ServiceKey> all = ledger.services().stream().map(ServiceChange::service).toList();
        List<ServiceKey> found =
                all.stream()
                        .filter(key -> key.service().value().equals(name))
                        .filter(key -> region == null || key.region().equals(region))
                        .toList();
        if (found.isEmpty()) {
            throw unknown(region == null ? name : region + "/" + name, name, all);
        }
        return found.size() == 1 ? found.getFirst() : inDefaultRegion(name, found);
    }

    private ServiceKey inDefaultRegion(String name, List<ServiceKey> found) {
        return found.stream()
                .filter(key -> cloud.region().filter(key.region()::equals).isPresent())
                .findFirst()
                .orElseThrow(
                        () ->
                                Problem.usage(
                                        name
                                                + " is in several regions: "
                                                + String.join(
                                                        ", ",
                                                        found.stream()
                                                                .map(ServiceKey::region)
                                                                .toList()),
                                        "Name one with --region REGION."));
    }

    private static Problem unknown(String shown, String name, List<ServiceKey> all) {
        String what = "there is no service " + Shown.of(shown);
        if (all.isEmpty()) {
            return Problem.failed(
                    what + "; nothing was deployed yet",
                    "Deploy one: ./slipway drop infra/samples/hello-node");
        }
        List<String> names =
                all.stream().map(key -> key.service().value()).distinct().sorted().toList();
        String meant =
                Nearest.to(name, names)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("Name one of these.");
        return Problem.failed(what + "; there is", meant).withDetails(shown(names));
    }

    private static List<String> shown(List<String> names) {
        return names.size() <= MOST_SHOWN
                ? names
                : Stream.concat(
                                names.stream().limit(MOST_SHOWN),
                                Stream.of("and " + (names.size() - MOST_SHOWN) + " more"))
                        .toList();
    }

    /** How Cloud Run shows it; nothing where it does not, or no more. */
    public Optional<Service> read(ServiceKey key) {
        return Api.run(cloud).get(path(key)).map(found -> Service.of(key, found));
    }

    /** The service as Cloud Run shows it. */
    public Service live(ServiceKey key) {
        return read(key)
                .orElseThrow(
                        () ->
                                Problem.failed(
                                        key.service() + " is not deployed in " + key.region(),
                                        "See what became of it: ./slipway status "
                                                + key.service()));
    }

    /** Where a revision's log is read; nothing where there is no such revision. */
    public Optional<String> logOf(ServiceKey key, String revision) {
        return Api.run(cloud)
                .get(path(key) + "/revisions/" + revision)
                .map(found -> found.path("logUri").asText());
    }

    private String path(ServiceKey key) {
        return "projects/"
                + cloud.project()
                + "/locations/"
                + key.region()
                + "/services/"
                + key.service();
    }
}
