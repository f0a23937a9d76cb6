package dev.slipway.upload;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Message;
import dev.slipway.kit.MessageHandler;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.Ledger;
import dev.slipway.upload.decide.DropName;
import dev.slipway.upload.decide.DropNotice;
import dev.slipway.upload.gateway.DropNotices;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Dropped archive in, stored source or verdict out. The message is only a hint: the facts are read
 * from storage.
 */
@Singleton
record AcceptDrop(
        SlipwayConfig config,
        Topology topology,
        DropNotices notices,
        Ledger ledger,
        Admission admission,
        ContinueUpload upload,
        UploadCounters counters)
        implements MessageHandler {
    private static final Logger LOG = Logger.getLogger(AcceptDrop.class);

    @Override
    public Handled handle(Message message) {
        Optional<DropNotice> notice = notices.read(message);
        if (notice.isEmpty()) {
            return Handled.unreadable("the message does not say what happened to which object");
        }
        ignored(notice.get()).ifPresentOrElse(counters::ignored, () -> accept(notice.get()));
        return Handled.DONE;
    }

    private Optional<String> ignored(DropNotice notice) {
        if (!notice.created()
                || !notice.version().bucket().equals(topology.bucket("drop").name())) {
            return Optional.of("OTHER_EVENT");
        }
        return DropName.of(notice.version().object(), config.regions())
                        instanceof DropName.Ignored(DropName.Why why)
                ? Optional.of(why.name())
                : Optional.empty();
    }

    /** A deployment that has a record is never marked again: it may be over. */
    private void accept(DropNotice notice) {
        DeploymentId deployment = DeploymentId.of(notice.version());
        Optional<Admitted> admitted =
                ledger.deployment(deployment)
                        .map(Admitted::earlier)
                        .or(() -> admission.begin(notice));
        if (admitted.isPresent()) {
            upload.run(admitted.get());
        } else {
            LOG.warnf("deployment=%s the drop is gone and nothing tells its time", deployment);
            counters.ignored("GONE");
        }
    }
}
