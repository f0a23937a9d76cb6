package dev.slipway.local.pubsub;

import dev.slipway.local.Accounts;
import dev.slipway.local.Callers;
import java.util.List;

/** Who may do what with topics and subscriptions; what is refused is PERMISSION_DENIED. */
final class Access {
    private final Callers callers;
    private final Accounts accounts;

    Access(Callers callers, Accounts accounts) {
        this.callers = callers;
        this.accounts = accounts;
    }

    /** Refuses the current call unless its caller may let pushes speak for this account. */
    void toSpeakFor(String account) {
        accounts.requireActAs("push_config.oidc_token.service_account_email", account);
    }

    /** Refuses the current call unless its caller may do this with the topic. */
    void topic(String permission, String topic) {
        callers.require(permission, callers.topic(Names.shortName("topics", topic)), "");
    }

    /** Refuses the current call unless its caller may do this with the subscription. */
    void subscription(String permission, String subscription) {
        callers.require(
                permission,
                callers.subscription(Names.shortName("subscriptions", subscription)),
                "");
    }

    /** Refuses the current call unless its caller may do this in the whole project. */
    void project(String permission) {
        callers.require(permission, "project", "");
    }

    /** Those of the permissions that the current caller has on a topic. */
    List<String> heldOnTopic(String topic, List<String> permissions) {
        return callers.granted(
                Callers.current(), callers.topic(Names.shortName("topics", topic)), permissions);
    }

    /** Those of the permissions that the current caller has on a subscription. */
    List<String> heldOnSubscription(String subscription, List<String> permissions) {
        return callers.granted(
                Callers.current(),
                callers.subscription(Names.shortName("subscriptions", subscription)),
                permissions);
    }
}
