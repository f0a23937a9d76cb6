package dev.slipway.upload;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Shown;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Marker;
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
     * @return false where nothing says when the drop was created
     */
    boolean begin(DropNotice notice) {
        Optional<Drop> drop =
                drops.find(notice.version()).or(() -> Optional.ofNullable(notice.told()));
        drop.ifPresent(this::begin);
        return drop.isPresent();
    }

    /** Admits a drop. */
    void begin(Drop drop) {
        Marker marker = ledger.mark(drop.marker()).value();
        record(marker, drop.correlation());
    }

    /** Gives a marker the record that its writer did not come to write. */
    void resume(Marker marker) {
        record(marker, drops.find(marker.drop()).map(Drop::correlation).orElse(null));
    }

    private void record(Marker marker, @Nullable String correlation) {
        ServiceKey service = service(marker);
        ledger.begin(DeploymentRecord.received(marker, service, correlation));
        counters.received();
        LOG.infof(
                "deployment=%s service=%s drop=%s",
                marker.deployment(), Objects.toString(service, "none"), shown(marker));
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
