package dev.slipway.deploy;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.deploy.decide.Ghosts;
import dev.slipway.deploy.decide.ServiceSeen;
import dev.slipway.deploy.gateway.Services;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ServiceChange;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.UnreadableObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Deletes services whose create landed after their order was declared absent. Looked at are those
 * whose object in {@code services/} changed since this process last did, and for a while after a
 * change, since a create may land late.
 */
@Singleton
class GhostHunt {
    private static final Logger LOG = Logger.getLogger(GhostHunt.class);
    private static final int MOST_AT_ONCE = 50;
    private static final Duration LANDS_WITHIN = Duration.ofMinutes(10);

    private final Ledger ledger;
    private final Services services;
    private final FactsReader facts;
    private final SlipwayConfig config;
    private final DeployCounters counters;
    private final Map<ServiceKey, Long> seen = new ConcurrentHashMap<>();

    GhostHunt(
            Ledger ledger,
            Services services,
            FactsReader facts,
            SlipwayConfig config,
            DeployCounters counters) {
        this.ledger = ledger;
        this.services = services;
        this.facts = facts;
        this.config = config;
        this.counters = counters;
    }

    /**
     * One bounded look.
     *
     * @param changes what is known of services, and since when
     */
    void round(Instant now, List<ServiceChange> changes) {
        List<ServiceChange> changed =
                changes.stream().filter(change -> isDue(change, now)).limit(MOST_AT_ONCE).toList();
        changed.forEach(this::look);
    }

    private boolean isDue(ServiceChange change, Instant now) {
        Long known = seen.get(change.service());
        return known == null
                || known != change.generation()
                || now.isBefore(change.updated().plus(LANDS_WITHIN));
    }

    private void look(ServiceChange change) {
        try {
            ServiceEntry entry = ledger.service(change.service());
            if (entry.absent() != null) {
                services.get(change.service()).ifPresent(found -> look(change, entry, found));
            }
            seen.put(change.service(), change.generation());
        } catch (GatewayException e) {
            LOG.infof("service=%s is looked at again later: %s", change.service(), e.sentence());
        } catch (UnreadableObject e) {
            LOG.errorf("alert=unreadable service=%s %s", change.service(), e.getMessage());
            seen.put(change.service(), change.generation());
        }
    }

    private void look(ServiceChange change, ServiceEntry entry, ServiceSeen found) {
        boolean ours = config.installation().equals(found.marks().installation());
        if (ours
                && !found.deleting()
                && Ghosts.isGhost(found, entry, facts.fenceOutcome(found, entry))) {
            services.delete(change.service(), found.etag());
            counters.deleted();
            LOG.warnf(
                    "service=%s deleted: it came from a create that landed late", change.service());
        }
    }
}
