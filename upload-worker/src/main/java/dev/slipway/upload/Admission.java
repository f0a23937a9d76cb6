package dev.slipway.upload;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Shown;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Versioned;
import dev.slipway.upload.decide.Drop;
import dev.slipway.upload.decide.DropName;
import dev.slipway.upload.decide.DropNotice;
import dev.slipway.upload.gateway.Drops;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Gives a drop its marker and then its record; both are written once. */
@Singleton
record Admission(SlipwayConfig config, Ledger ledger, Drops drops, UploadCounters counters) {
    private static final Logger LOG = Logger.getLogger(Admission.class);

    /**
     * Admits what a message tells of. A drop that is gone already is admitted by what the message
     * says of it, and ends at once.
     *
     * @return empty where nothing says when the drop was created
     */
    Optional<Admitted> begin(DropNotice notice) {
        return drops.find(notice.version())
                .map(found -> new Admitted(begin(found), Optional.of(found)))
                .or(
                        () ->
                                Optional.ofNullable(notice.told())
                                        .map(told -> Admitted.earlier(begin(told))));
    }

    /** Admits a drop. */
    Versioned<DeploymentRecord> begin(Drop drop) {
        Marker marker = ledger.mark(drop.marker()).value();
        return record(marker, drop.correlation());
    }

    /** Gives a marker the record that its writer did not come to write. */
    void resume(Marker marker) {
        record(marker, drops.find(marker.drop()).map(Drop::correlation).orElse(null));
    }

    private Versioned<DeploymentRecord> record(Marker marker, @Nullable String correlation) {
        ServiceKey service = service(marker);
        Versioned<DeploymentRecord> begun =
                ledger.begin(DeploymentRecord.received(marker, service, correlation));
        counters.received();
        LOG.infof(
                "deployment=%s service=%s drop=%s",
                marker.deployment(), Objects.toString(service, "none"), shown(marker));
        return begun;
    }

    private @Nullable ServiceKey service(Marker marker) {
        return DropName.of(marker.object(), config.regions()) instanceof DropName.To(var service)
                ? service
                : null;
    }

    private static String shown(Marker marker) {
        return Shown.of(marker.drop().uri());
    }
}
