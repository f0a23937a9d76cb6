package dev.slipway.simulation;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestName;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.RequestRecord;

/** A request that somebody wrote. */
record Asked(DeploymentId id, ServiceKey service, Order order, Request request) {
    /** Whether nobody has to do anything about it any more, but for what it became. */
    boolean isOver(Watchdog watchdog) {
        return watchdog.request(id).filter(RequestRecord::isDone).isPresent();
    }

    /** Whether people can read how it ended. */
    boolean isAnswered(World world) {
        return world.ledger
                .get(RequestName.answerTo(order.object()))
                .flatMap(stored -> RequestAnswer.parse(stored.body()))
                .filter(answer -> answer.state() == RequestAnswer.State.DONE)
                .isPresent();
    }
}
