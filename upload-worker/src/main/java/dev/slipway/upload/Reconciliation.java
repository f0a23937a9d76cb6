package dev.slipway.upload;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.UnreadableObject;
import dev.slipway.upload.decide.Drop;
import dev.slipway.upload.decide.DropName;
import dev.slipway.upload.decide.Watermark;
import dev.slipway.upload.gateway.Drops;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Finds the drops that no message told of: lists the bucket above its watermark, begins what has no
 * record, and raises the watermark. The first watermark is the installation's time, so that a full
 * bucket is not deployed.
 */
final class Reconciliation {
    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    private final UploadConfig config;
    private final List<String> regions;
    private final String bucket;
    private final Ledger ledger;
    private final Drops drops;
    private final Admission admission;
    private final ContinueUpload upload;
    private final UploadCounters counters;
    private final Executor executor;
    private final AtomicBoolean listing = new AtomicBoolean();
    private volatile Instant due = Instant.MIN;

    /**
     * Nothing is listed before the first round.
     *
     * @param executor runs a listing apart from the sweep, which it must not hold up
     */
    Reconciliation(
            SlipwayConfig slipway,
            UploadConfig config,
            Topology topology,
            Ledger ledger,
            Drops drops,
            Admission admission,
            ContinueUpload upload,
            UploadCounters counters,
            Executor executor) {
        this.config = config;
        this.regions = slipway.regions();
        this.bucket = topology.bucket("drop").name();
        this.ledger = ledger;
        this.drops = drops;
        this.admission = admission;
        this.upload = upload;
        this.counters = counters;
        this.executor = executor;
    }

    /** Begins a listing if one is due and none is under way. */
    void round(Instant now) {
        if (!now.isBefore(due) && listing.compareAndSet(false, true)) {
            executor.execute(() -> list(now));
        }
    }

    /** One that fails is repeated by the next round. */
    private void list(Instant now) {
        try {
            reconcile(now);
            due = now.plus(config.listEvery());
        } catch (UnreadableObject e) {
            due = now.plus(config.listEvery());
            LOG.errorf("alert=unreadable the watermark is not raised: %s", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warnf("the drop bucket was not listed to its end: %s", e.getMessage());
        } finally {
            listing.set(false);
        }
    }

    private void reconcile(Instant now) {
        Instant settled = now.minus(Watermark.SETTLES);
        Order known = ledger.watermark(bucket).orElse(null);
        if (known == null) {
            ledger.raiseWatermark(bucket, Watermark.at(bucket, now));
            return;
        }
        drops.createdSince(
                known.timeCreated(),
                drop -> {
                    if (drop.order().newerThan(known) && isSettled(drop, settled)) {
                        consider(drop);
                    }
                });
        ledger.raiseWatermark(bucket, Watermark.after(bucket, settled, open()));
    }

    private static boolean isSettled(Drop drop, Instant settled) {
        return drop.timeCreated() < settled.toEpochMilli();
    }

    private void consider(Drop drop) {
        DeploymentId deployment = DeploymentId.of(drop.version());
        boolean ignored = DropName.of(drop.version().object(), regions) instanceof DropName.Ignored;
        if (!ignored && beginsNow(drop, deployment)) {
            counters.found();
            LOG.warnf("deployment=%s was found by listing; its message did not come", deployment);
            carryOn(deployment);
        }
    }

    /** One record or marker that does not parse keeps no other drop back. */
    private boolean beginsNow(Drop drop, DeploymentId deployment) {
        try {
            if (ledger.deployment(deployment).isPresent()) {
                return false;
            }
            admission.begin(drop);
            return true;
        } catch (UnreadableObject e) {
            LOG.errorf("alert=unreadable deployment=%s %s", deployment, e.getMessage());
            return false;
        }
    }

    /** Marker and record stand, so that whatever goes wrong now is the sweep's. */
    private void carryOn(DeploymentId deployment) {
        try {
            upload.run(deployment);
        } catch (RuntimeException e) {
            LOG.warnf("deployment=%s is left to the sweep: %s", deployment, e.getMessage());
        }
    }

    private List<Order> open() {
        return ledger.openDeployments().stream()
                .flatMap(deployment -> ledger.marker(deployment).stream())
                .map(marker -> marker.value().order())
                .toList();
    }
}
