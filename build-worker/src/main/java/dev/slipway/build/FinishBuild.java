package dev.slipway.build;

import dev.slipway.build.decide.Asked;
import dev.slipway.build.decide.BuildNotice;
import dev.slipway.build.decide.BuildTag;
import dev.slipway.build.gateway.BuildNotices;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Message;
import dev.slipway.kit.MessageHandler;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.Build;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Finished build in, image out. The message is only a hint, and may be about anybody's build: the
 * result is read from the build that the record names.
 */
@Singleton
record FinishBuild(
        SlipwayConfig config,
        BuildNotices notices,
        Ledger ledger,
        TaggedBuilds tagged,
        ContinueBuild build,
        InHand inHand)
        implements MessageHandler {
    @Override
    public Handled handle(Message message) {
        Optional<BuildNotice> notice = notices.read(message);
        if (notice.isEmpty()) {
            return Handled.unreadable("the message does not say the state of a build");
        }
        notice.get().ours(config.installation()).ifPresent(tag -> handle(notice.get(), tag));
        return Handled.DONE;
    }

    private void handle(BuildNotice notice, BuildTag tag) {
        inHand.awaitSubmitted(tag.deployment());
        Optional<Versioned<DeploymentRecord>> recorded =
                inHand.recorded(tag.deployment()).filter(read -> names(read.value(), notice));
        if (notice.status().isOver()) {
            inHand.forget(tag.deployment());
            build.run(tag.deployment(), new Asked.ByBuildEnd(tag.buildAttempt()), recorded);
        } else if (recorded.isEmpty()) {
            ledger.deployment(tag.deployment())
                    .filter(read -> isStray(notice, tag, read.value()))
                    .ifPresent(_ -> tagged.cancel(notice.name()));
        }
    }

    private static boolean names(DeploymentRecord record, BuildNotice notice) {
        Build accepted = record.build();
        return accepted != null && accepted.name().equals(notice.name());
    }

    /** Whether the record has decided on another build, or needs none any more. */
    private static boolean isStray(BuildNotice notice, BuildTag tag, DeploymentRecord record) {
        if (tag.buildAttempt() != record.buildAttempt()) {
            return tag.buildAttempt() < record.buildAttempt();
        }
        Build accepted = record.build();
        return switch (record.stage()) {
            case RECEIVED, VERIFIED, CLAIMED -> false;
            case BUILDING, BUILT, DEPLOYING ->
                    accepted == null || !accepted.name().equals(notice.name());
            case DONE ->
                    record.lastOpenStage().compareTo(Stage.BUILT) < 0
                            || accepted == null
                            || !accepted.name().equals(notice.name());
        };
    }
}
