package dev.slipway.deploy.decide;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Trigger.Pubsub;
import dev.slipway.contracts.manifest.Trigger.Storage;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether what a manifest's triggers listen to is there, and where it has to be. */
final class Targets {
    private Targets() {}

    /** Why the triggers cannot be made; empty where nothing speaks against it. */
    static Optional<Verdict> refusal(DeployFacts facts) {
        List<TargetSeen> unfit =
                facts.targets().stream()
                        .filter(target -> problem(target, facts.rules()).isPresent())
                        .toList();
        if (unfit.isEmpty()) {
            return Optional.empty();
        }
        String sentences =
                unfit.stream()
                        .map(target -> problem(target, facts.rules()).orElseThrow())
                        .collect(Collectors.joining(" "));
        return Optional.of(
                Verdict.of(Reason.TRIGGER_REFUSED, sentences)
                        .atField(unfit.getFirst().plan().field()));
    }

    private static Optional<String> problem(TargetSeen target, Rules rules) {
        return switch (target.plan().trigger()) {
            case Pubsub pubsub -> topic(Objects.requireNonNull(pubsub.topic()), target, rules);
            case Storage storage -> bucket(storage.bucket(), target);
        };
    }

    private static Optional<String> topic(String topic, TargetSeen target, Rules rules) {
        if (topic.equals(rules.undeliveredEvents())) {
            return Optional.of(
                    "A trigger cannot listen to the topic '"
                            + topic
                            + "': its own undelivered events go there.");
        }
        return target.there()
                ? Optional.empty()
                : Optional.of(
                        "There is no topic '"
                                + topic
                                + "'; make it with 'gcloud pubsub topics create "
                                + topic
                                + "'.");
    }

    private static Optional<String> bucket(String bucket, TargetSeen target) {
        String region = target.plan().service().region();
        if (!target.there()) {
            return Optional.of(
                    "There is no bucket '"
                            + bucket
                            + "'; make it with 'gcloud storage buckets create gs://"
                            + bucket
                            + " --location="
                            + region
                            + "'.");
        }
        String location = Objects.requireNonNull(target.location());
        return fits(location, region)
                ? Optional.empty()
                : Optional.of(
                        "The bucket '"
                                + bucket
                                + "' is in "
                                + location
                                + ", and the service in "
                                + region
                                + "; a service gets events of buckets in its own region, or in the"
                                + " multi-region (eu, us, asia) around it.");
    }

    /** Eventarc: a storage trigger lives where its bucket is. */
    private static boolean fits(String location, String region) {
        return location.equals(region)
                || switch (location) {
                    case "eu" -> region.startsWith("europe-");
                    case "us" -> region.startsWith("us-");
                    case "asia" -> region.startsWith("asia-");
                    default -> false;
                };
    }
}
