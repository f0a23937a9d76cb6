package dev.slipway.simulation;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Request;
import dev.slipway.kit.FailureKind;
import dev.slipway.upload.Archives;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** How a deployment ends that wants events. */
final class TriggerStories {
    private static final int FOR_GOOD = 100_000;
    private static final Duration PAST_THE_DEADLINE = Duration.ofMinutes(17);

    private TriggerStories() {}

    /** A function that gets the events of these triggers. */
    private static DeploymentId withTriggers(Chain chain, String triggers) {
        String manifest = Archives.MANIFEST + "triggers:\n" + triggers;
        return chain.drop(
                "hello/events.zip",
                Archives.zip("index.js", "1", "package.json", "{}", "slipway.yaml", manifest));
    }

    private static DeploymentId onOrders(Chain chain) {
        return withTriggers(chain, "  - pubsub: { topic: orders }\n");
    }

    /** Beside one that is live comes one that listens to a topic, where this was arranged. */
    private static Story<DeploymentId> listening(
            String what, Consumer<Chain> arranged, Duration passing, String... names) {
        return Story.of(
                what,
                chain -> {
                    chain.hello("1");
                    chain.triggers.addTopic("orders");
                    arranged.accept(chain);
                    DeploymentId events = onOrders(chain);
                    chain.pass(passing);
                    return events;
                },
                names);
    }

    static Story<DeploymentId> eventsCome() {
        return listening("its events come", _ -> {}, Duration.ZERO, "serves", "'orders'");
    }

    static List<Story<DeploymentId>> triggerRefused() {
        return List.of(
                triggers("no such topic", "pubsub: { topic: nowhere }", "'nowhere'"),
                triggers("no such bucket", "storage: { bucket: nowhere }", "'nowhere'"),
                triggers("a bucket far away", "storage: { bucket: far }", "'far'", "us-east1"),
                listening(
                        "Eventarc refuses it",
                        chain -> chain.triggers.refuse(FailureKind.REFUSED, 1),
                        Duration.ZERO,
                        "create the trigger",
                        "REFUSED"));
    }

    private static Story<DeploymentId> triggers(String what, String trigger, String... names) {
        return Story.of(
                what,
                chain -> {
                    chain.triggers.addBucket("far", "us-east1");
                    return withTriggers(chain, "  - " + trigger + "\n");
                },
                names);
    }

    static Story<DeploymentId> permissionDoesNotCome() {
        return listening(
                "Eventarc's permission does not come",
                chain -> chain.triggers.refuse(FailureKind.DENIED, FOR_GOOD),
                PAST_THE_DEADLINE,
                "create the trigger",
                "DENIED");
    }

    static Story<DeploymentId> notReady() {
        return listening(
                "the trigger does not get ready",
                chain -> chain.triggers.settleAfter(Integer.MAX_VALUE),
                PAST_THE_DEADLINE,
                "15 min",
                "'orders'");
    }

    static Story<DeploymentId> failsForGood() {
        return listening(
                "Eventarc fails each write",
                chain -> chain.triggers.refuse(FailureKind.TRANSIENT, FOR_GOOD),
                PAST_THE_DEADLINE,
                "15 min",
                "create the trigger");
    }

    static Story<DeploymentId> cancelledWhileItIsMade() {
        return Story.of(
                "somebody asks so while its trigger is made",
                chain -> {
                    chain.hello("1");
                    chain.triggers.addTopic("orders");
                    chain.triggers.settleAfter(Integer.MAX_VALUE);
                    DeploymentId events = onOrders(chain);
                    chain.ask(Request.cancel(events));
                    return events;
                },
                "cancel");
    }
}
