package dev.slipway.deploy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.RequestName;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Message;
import dev.slipway.kit.MessageHandler;
import dev.slipway.kit.RequestNotice;
import dev.slipway.kit.RequestNotices;
import dev.slipway.kit.Requests;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** What somebody asks of a service in, the service so and an answer out. */
@Singleton
record CarryOutRequest(
        RequestNotices notices,
        Ledger ledger,
        Requests requests,
        ContinueRequest continues,
        SlipwayConfig config)
        implements MessageHandler {
    @Override
    public Handled handle(Message message) {
        Optional<RequestNotice> notice = notices.read(message);
        if (notice.isEmpty()) {
            return Handled.unreadable("the message does not say what happened to which object");
        }
        if (requests.take(notice.get()) instanceof Requests.Taken.Open(var read)) {
            continues.run(read.value().request(), Optional.empty());
        }
        return Handled.DONE;
    }

    /** A marker without a deployment's record: a request that stands still, if it is one. */
    void resume(DeploymentId request, Instant now) {
        requests.resume(request, now, config.stage().unchangedFor())
                .ifPresent(injected -> continues.run(injected.value().request(), Optional.of(now)));
    }

    /** A deployment whose marker is not the request's any more, from which it may have come. */
    void resumeBegun(DeploymentRecord deployment, Instant now) {
        if (RequestName.parse(deployment.drop().object()).isEmpty()) {
            return;
        }
        ledger.request(deployment.deployment())
                .filter(read -> !read.value().isDone())
                .flatMap(read -> requests.inject(read, now, config.stage().unchangedFor()))
                .ifPresent(injected -> continues.run(injected.value().request(), Optional.of(now)));
    }
}
