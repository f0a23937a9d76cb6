package dev.slipway.deploy;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.deploy.decide.Convergence;
import dev.slipway.deploy.decide.DeployStep;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.OfTrigger;
import dev.slipway.deploy.decide.RevisionSeen;
import dev.slipway.deploy.decide.ServiceSeen;
import dev.slipway.deploy.decide.TriggerPlan;
import dev.slipway.deploy.decide.TriggerSeen;
import dev.slipway.deploy.gateway.Services;
import dev.slipway.deploy.gateway.Triggers;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.ServiceChange;
import dev.slipway.ledger.UnreadableObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the triggers of services back to the live manifest's: one that was created or deleted late
 * stands otherwise after a newer deployment decided differently. Looked at are the services that
 * have triggers, or had some since this process started, when their set changed and now and then;
 * and once each service that was changed, when nothing of that can land any more.
 */
@Singleton
class TriggerSweep {
    private static final Logger LOG = Logger.getLogger(TriggerSweep.class);
    private static final int MOST_SERVICES = 20;
    private static final int MOST_STEPS = 40;
    private static final Duration LOOKED_AT_AGAIN = Duration.ofMinutes(10);

    /** Google: a call that is accepted is carried out within this, even if nobody waits for it. */
    private static final Duration LANDS_WITHIN = Duration.ofMinutes(10);

    /** Longer ago, another process has looked. */
    private static final Duration STILL_NEW = Duration.ofHours(1);

    /** A worker that starts has better to do. */
    private static final Duration AFTER_START = Duration.ofSeconds(20);

    /** How often an installation is looked at that has no triggers. */
    private static final Duration WITHOUT_ANY = Duration.ofMinutes(5);

    /** How a service stood when it was last looked at. */
    private record Look(Set<String> triggers, Instant at) {}

    private final Triggers triggers;
    private final Services services;
    private final FactsReader facts;
    private final SlipwayConfig config;
    private final TriggerActions actions;
    private final Map<ServiceKey, Look> looks = new ConcurrentHashMap<>();
    private final Map<ServiceKey, Long> known = new ConcurrentHashMap<>();
    private final Map<ServiceKey, Instant> afterwards = new ConcurrentHashMap<>();
    private final Set<ServiceKey> touched = ConcurrentHashMap.newKeySet();
    private @Nullable Instant due;
    private Instant nextListing = Instant.MIN;
    private String lastFailure = "";

    TriggerSweep(
            Triggers triggers,
            Services services,
            FactsReader facts,
            SlipwayConfig config,
            TriggerActions actions) {
        this.triggers = triggers;
        this.services = services;
        this.facts = facts;
        this.config = config;
        this.actions = actions;
    }

    /** The triggers of this service were just changed by what leaves no trace in the ledger. */
    void expect(ServiceKey service) {
        touched.add(service);
    }

    /**
     * One bounded look, with one listing.
     *
     * @param changes what is known of services, and since when
     */
    void round(Instant now, List<ServiceChange> changes) {
        if (due == null) {
            due = now.plus(AFTER_START);
        }
        if (now.isBefore(due)) {
            return;
        }
        expect(now, changes);
        lookAfterwards(now);
        lookAtStanding(now);
    }

    private void expect(Instant now, List<ServiceChange> changes) {
        for (ServiceChange change : changes) {
            boolean isNew = now.isBefore(change.updated().plus(STILL_NEW));
            Long generation = change.generation();
            if (isNew && !generation.equals(known.put(change.service(), generation))) {
                afterwards.put(change.service(), change.updated().plus(LANDS_WITHIN));
            }
        }
        for (ServiceKey service : Set.copyOf(touched)) {
            touched.remove(service);
            afterwards.put(service, now.plus(LANDS_WITHIN));
        }
    }

    private void lookAfterwards(Instant now) {
        afterwards.entrySet().stream()
                .filter(entry -> !now.isBefore(entry.getValue()))
                .limit(MOST_SERVICES)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(
                        service -> {
                            look(service, Set.of(), now);
                            afterwards.remove(service);
                        });
    }

    private void lookAtStanding(Instant now) {
        if (now.isBefore(nextListing)) {
            return;
        }
        try {
            round(now, standing());
        } catch (GatewayException e) {
            nextListing = now.plus(WITHOUT_ANY);
            if (!lastFailure.equals(e.sentence())) {
                LOG.infof("triggers are looked at again later: %s", e.sentence());
            }
            lastFailure = e.sentence();
        }
    }

    private void round(Instant now, Map<ServiceKey, Set<String>> standing) {
        Set<ServiceKey> all = new HashSet<>(standing.keySet());
        all.addAll(looks.keySet());
        all.stream()
                .filter(service -> isDue(service, standing.getOrDefault(service, Set.of()), now))
                .limit(MOST_SERVICES)
                .forEach(service -> look(service, standing.getOrDefault(service, Set.of()), now));
        nextListing = all.isEmpty() ? now.plus(WITHOUT_ANY) : now;
    }

    private Map<ServiceKey, Set<String>> standing() {
        return triggers.all().stream()
                .collect(
                        Collectors.groupingBy(
                                TriggerSeen::service,
                                Collectors.mapping(
                                        TriggerSeen::id, Collectors.toCollection(TreeSet::new))));
    }

    private boolean isDue(ServiceKey service, Set<String> standing, Instant now) {
        Look last = looks.get(service);
        return last == null
                || !last.triggers.equals(standing)
                || !now.isBefore(last.at.plus(LOOKED_AT_AGAIN));
    }

    private void look(ServiceKey service, Set<String> listed, Instant now) {
        try {
            for (int step = 0; step < MOST_STEPS && converge(service, listed, now); step++) {
                LOG.debugf("service=%s has other triggers than its live manifest", service);
            }
        } catch (GatewayException e) {
            looks.put(service, new Look(looked(service), now));
            LOG.infof("service=%s is looked at again later: %s", service, e.sentence());
        } catch (UnreadableObject e) {
            LOG.errorf("alert=unreadable service=%s %s", service, e.getMessage());
        }
    }

    private Set<String> looked(ServiceKey service) {
        Look last = looks.get(service);
        return last == null ? Set.of() : last.triggers;
    }

    /** Does one step; false where there is none, or none now. */
    private boolean converge(ServiceKey service, Set<String> listed, Instant now) {
        Optional<ServiceSeen> seen = services.get(service);
        Optional<List<TriggerPlan>> wanted = wanted(service, seen);
        boolean none = wanted.isPresent() && listed.isEmpty() && hasNone(seen, wanted.get());
        if (wanted.isEmpty() || none) {
            return false;
        }
        List<TriggerSeen> standing = triggers.of(service);
        Optional<DeployStep> next = Convergence.next(wanted.get(), standing);
        boolean nothing = standing.isEmpty() && wanted.get().isEmpty();
        if (nothing || next.filter(Await.class::isInstance).isPresent()) {
            looks.remove(service); // the next listing shows it, if there is anything to look at
        } else {
            looks.put(service, new Look(ids(standing), now));
        }
        return next.filter(step -> act(service, step)).isPresent();
    }

    /**
     * Whether none is wanted and this service never had one; the service before it, of the same
     * name, may have left some.
     */
    private static boolean hasNone(Optional<ServiceSeen> seen, List<TriggerPlan> wanted) {
        return wanted.isEmpty() && seen.filter(found -> !found.mayHaveTriggers()).isPresent();
    }

    private static Set<String> ids(List<TriggerSeen> standing) {
        return standing.stream()
                .map(TriggerSeen::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * What the live manifest asks for, nothing where the service is gone; empty where that cannot
     * be told now, or is somebody else's to say.
     */
    private Optional<List<TriggerPlan>> wanted(ServiceKey service, Optional<ServiceSeen> found) {
        if (found.isEmpty()) {
            return Optional.of(List.of());
        }
        ServiceSeen seen = found.get();
        boolean settled = !seen.deleting() && !seen.isLagging();
        boolean ours = config.installation().equals(seen.marks().installation());
        return Optional.of(seen)
                .filter(_ -> settled && ours)
                .flatMap(ServiceSeen::live)
                .filter(live -> !isClosed(seen, live))
                .flatMap(live -> facts.manifestOf(seen, live))
                .map(manifest -> plans(service, manifest));
    }

    private static boolean isClosed(ServiceSeen seen, String live) {
        return seen.revision(live)
                .map(RevisionSeen::origin)
                .filter(origin -> origin.order().equals(seen.marks().closed()))
                .isPresent();
    }

    private List<TriggerPlan> plans(ServiceKey service, Manifest manifest) {
        return TriggerPlan.of(config.installation(), service, manifest);
    }

    private boolean act(ServiceKey service, DeployStep step) {
        if (!(step instanceof OfTrigger trigger)) {
            return false;
        }
        LOG.warnf("service=%s its triggers were brought back: %s", service, actions.act(trigger));
        return true;
    }
}
