package dev.slipway.simulation;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.deploy.decide.TriggerSeen;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** I11: whatever stands somewhere belongs to a drop or a request, and is called as it has to be. */
final class Footprint {
    private static final int ALL = 100_000;
    private static final String STAGING = "run-sources-p-europe-west1/services/";
    private static final Set<String> KINDS = Set.of("upload", "build", "deploy");

    /** A drop or a request. */
    private record Cause(DeploymentId id, ServiceKey service, Order order) {}

    private final World world;
    private final Watchdog watchdog;
    private final List<Cause> causes;

    Footprint(World world, Watchdog watchdog, Happenings happenings) {
        this.world = world;
        this.watchdog = watchdog;
        this.causes =
                Stream.concat(
                                happenings.drops().stream()
                                        .map(
                                                drop ->
                                                        new Cause(
                                                                drop.deployment(),
                                                                drop.service(),
                                                                drop.order())),
                                happenings.asked().stream()
                                        .map(
                                                request ->
                                                        new Cause(
                                                                request.id(),
                                                                request.service(),
                                                                request.order())))
                        .toList();
    }

    void check() {
        ledger();
        only("the drop bucket", names(world.answers), of(cause -> answer(cause)));
        only("the staging bucket", world.staging.names(), of(Footprint::staged));
        only(
                "Eventarc",
                world.triggers.all().stream()
                        .map(TriggerSeen::service)
                        .map(ServiceKey::toString)
                        .toList(),
                of(cause -> cause.service.toString()));
    }

    private static List<String> names(ObjectStore store) {
        return store.list("", ALL).stream().map(ObjectStore.Listed::name).toList();
    }

    private Set<String> of(Function<Cause, String> name) {
        return causes.stream().map(name).collect(Collectors.toSet());
    }

    private static String answer(Cause cause) {
        return "status/" + cause.order.object() + ".json";
    }

    private static String staged(Cause cause) {
        return STAGING + cause.service.service() + "/" + cause.id + ".tar.gz";
    }

    private static void only(String where, List<String> standing, Set<String> allowed) {
        standing.stream()
                .filter(name -> !allowed.contains(name))
                .findFirst()
                .ifPresent(
                        name -> {
                            throw new Violation("I11", name + " stands in " + where);
                        });
    }

    private void ledger() {
        Set<String> allowed = new HashSet<>(of(cause -> cause.order.object()));
        allowed.addAll(of(cause -> cause.order.object().replace(".json", ".answer.json")));
        for (String record : List.of("deployments/", "requested/", "open/")) {
            allowed.addAll(of(cause -> record + cause.id));
        }
        allowed.addAll(of(cause -> "services/" + cause.service));
        allowed.add("watermarks/" + World.BUCKET);
        KINDS.forEach(kind -> allowed.add("sweeps/" + kind));
        sources().forEach(allowed::add);
        List<String> standing = names(world.ledger);
        only("the ledger", standing.stream().filter(name -> !isManifest(name)).toList(), allowed);
    }

    private Stream<String> sources() {
        return causes.stream()
                .flatMap(cause -> watchdog.record(cause.id).stream())
                .map(record -> record.source())
                .filter(Objects::nonNull)
                .map(Footprint::image);
    }

    private static String image(Source source) {
        return "images/" + source.digest().hex() + "/" + source.buildDigest().hex();
    }

    /** One is called by its content. */
    private boolean isManifest(String name) {
        return world.ledger
                .get(name)
                .filter(stored -> name.equals("manifests/" + Digest.of(stored.body()).hex()))
                .isPresent();
    }
}
