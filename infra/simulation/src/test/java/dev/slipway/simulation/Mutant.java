package dev.slipway.simulation;

import java.util.List;

/**
 * A rule of the protocol that is left out, by a small change to a source file. The change is made
 * to a copy in memory: no switch for it stands in what runs elsewhere.
 */
@SuppressWarnings({
    "ImmutableEnumChecker", // records of text are immutable
    "StringConcatToTextBlock" // what is sought stands there as it stands in the file
})
enum Mutant {
    ACK_FIRST(
            "a message is acknowledged before it is handled",
            new Pin(Generator.FOCUS, 0, "I8"),
            new Edit(
                    Folders.SIMULATION + "Bus.java",
                    "            handling = true;\n",
                    "            acknowledge();\n            handling = true;\n")),
    NO_SWEEP(
            "nobody sweeps",
            new Pin(Generator.FOCUS, 0, "I1"),
            new Edit(
                    Folders.KIT + "Sweep.java",
                    "ledger.openDeployments().stream()",
                    "java.util.stream.Stream.<dev.slipway.contracts.DeploymentId>empty()")),
    OUTCOME_WITHOUT_SWAP(
            "an outcome is written whatever stands",
            new Pin(Generator.FOCUS, 64, "I9"),
            new Edit(
                    Folders.LEDGER + "Ledger.java",
                    "        return deployments.swap(next.deployment().value(), read.generation(),"
                            + " written);",
                    "        long generation = next.isDone() ?"
                            + " deployment(next.deployment()).orElse(read).generation() :"
                            + " read.generation();\n"
                            + "        return deployments.swap(next.deployment().value(),"
                            + " generation, written);")),
    MARKER_AFTER_RECORD(
            "the marker is written after the record",
            new Pin(Generator.FOCUS, 0, "I8"),
            new Edit(
                    Folders.UPLOAD + "Admission.java",
                    "        Marker marker = ledger.mark(drop.marker()).value();\n"
                            + "        return record(marker, drop.correlation());",
                    "        var begun = record(drop.marker(), drop.correlation());\n"
                            + "        ledger.mark(drop.marker());\n"
                            + "        return begun;")),
    MARKER_GOES_EARLY(
            "the marker is deleted before the outcome is published",
            new Pin(Generator.FOCUS, 0, "I8"),
            new Edit(
                    Folders.KIT + "Ending.java",
                    "        outbox.publish(\n",
                    "        ledger.unmark(record.deployment());\n        outbox.publish(\n")),
    NO_FENCE(
            "nobody looks at the fence",
            new Pin(Generator.FOCUS, 4, "I3"),
            new Edit(
                    Folders.DEPLOY_DECIDE + "DeployFacts.java",
                    "        return seen.fence().filter(fence ->"
                            + " fence.newerThan(mine())).isPresent();",
                    "        return false;")),
    NO_ETAG(
            "the fence is read and then written over whatever stands",
            new Pin(Generator.FOCUS, 60, "I3"),
            new Edit(
                    Folders.DEPLOY_TEST + "gateway/InMemoryServices.java",
                    "running.deleting || !Long.toString(running.etag).equals(etag)",
                    "running.deleting")),
    LEASE(
            "who entered DEPLOYING may write for 60 s, fence or not",
            new Pin(Generator.FOCUS, 4, "I3"),
            new Edit(
                    Folders.DEPLOY_DECIDE + "DeployFacts.java",
                    "        return seen.fence().filter(fence ->"
                            + " fence.newerThan(mine())).isPresent();",
                    "        return !now.isBefore(since.plusSeconds(60)) &&"
                            + " seen.fence().filter(fence ->"
                            + " fence.newerThan(mine())).isPresent();")),
    SUPERSEDED_FROM_SERVICES(
            "SUPERSEDED is said while DEPLOYING because services/ names a newer one",
            new Pin(Generator.FOCUS, 12, "I4"),
            new Edit(
                    Folders.DEPLOY_DECIDE + "Rollout.java",
                    "    static DeployStep next(DeployFacts facts) {\n",
                    "    static DeployStep next(DeployFacts facts) {\n"
                            + "        if (facts.entry().outranks(facts.mine())) {\n"
                            + "            return new End(DeployDecision.superseded(), null);\n"
                            + "        }\n")),
    NO_CLOSING_WRITE(
            "FAILED is said without the closing write",
            new Pin(Generator.FOCUS, 5, "I4"),
            new Edit(
                    Folders.DEPLOY_DECIDE + "Closing.java",
                    "    static DeployStep next(DeployFacts facts, Verdict verdict) {\n",
                    "    static DeployStep next(DeployFacts facts, Verdict verdict) {\n"
                            + "        if (facts.service().isPresent()) {\n"
                            + "            return new End(verdict, null);\n"
                            + "        }\n")),
    UNCHANGED_BELOW_THE_FENCE(
            "UNCHANGED does not raise the fence",
            new Pin(Generator.DIRECTED, 1487, "I4"),
            new Edit(
                    Folders.DEPLOY_DECIDE + "Rollout.java",
                    "        if (facts.isFenceMine(seen) && seen.wants(live) && seen.serves(live))"
                            + " {",
                    "        if (seen.serves(live)) {")),
    LIVE_NOT_SETTLED(
            "what is live is not settled from the status",
            new Pin(Generator.FOCUS, 1, "I5"),
            new Edit(
                    Folders.DEPLOY_DECIDE + "ServiceSeen.java",
                    "        return revisions.stream()\n"
                            + "                .filter(revision -> revision.state() =="
                            + " RevisionSeen.State.READY)\n",
                    "        return revisions.stream()\n"
                            + "                .filter(_ -> marks.live() == null)\n")),
    GHOSTS_LEFT(
            "ghosts are left alone",
            new Pin(Generator.FOCUS, 159, "I4"),
            new Edit(
                    Folders.DEPLOY_DECIDE + "Ghosts.java",
                    "        if (absent == null || fence.isEmpty()) {",
                    "        if (absent == null || fence.isPresent() || fence.isEmpty()) {")),
    WRITES_WHILE_LAGGING(
            "a service is written while its status lags",
            new Pin(Generator.FOCUS, 548, "I3"),
            new Edit(
                    Folders.DEPLOY_DECIDE + "ServiceSeen.java",
                    "        return progress == Progress.SETTLING\n",
                    "        return false && progress == Progress.SETTLING\n"),
            new Edit(
                    Folders.DEPLOY_DECIDE + "ServiceSeen.java",
                    ".anyMatch(revision -> revision.state() == RevisionSeen.State.UNDECIDED)",
                    ".anyMatch(revision -> false)")),
    REASON_NOT_KEPT(
            "a negative verdict is not kept in the record",
            new Pin(Generator.FOCUS, 20, "I5"),
            new Edit(
                    Folders.DEPLOY + "Actions.java",
                    "            case Close(Verdict verdict, RevisionSeen failed) -> close(read,"
                            + " verdict, failed);",
                    "            case Close(Verdict verdict, RevisionSeen failed) -> {\n"
                            + "                var kept = read.value().closing(verdict);\n"
                            + "                var soon = new DeployFacts(kept, facts.since(),"
                            + " facts.now(), facts.rules(), facts.entry(), facts.service(),"
                            + " facts.manifest(), facts.fenceOutcome(), facts.fallback(),"
                            + " facts.triggers(), facts.targets());\n"
                            + "                yield act(read,"
                            + " dev.slipway.deploy.decide.DeployDecision.next(soon), soon);\n"
                            + "            }")),
    HELD_BY_ARRIVAL(
            "the hold or release that comes last counts, not the newest",
            new Pin(Generator.UNIFORM, 346, "I1"),
            new Edit(
                    Folders.DEPLOY_DECIDE + "RequestDecision.java",
                    "        if (standing != null && standing.order().newerThan(facts.mine())) {",
                    "        if (standing != null && false) {")),
    ANOTHER_REVISION(
            "a rollback goes to what was live before, whatever it names",
            new Pin(Generator.DIRECTED, 1188, "I4"),
            new Edit(
                    Folders.DEPLOY_DECIDE + "RollingBack.java",
                    "        String asked = facts.record().revision();\n",
                    "        String asked = null;\n")),
    DRY_RUN_ACTS(
            "an undeploy that only asks what would go takes it away",
            new Pin(Generator.FOCUS, 124, "I5"),
            new Edit(
                    Folders.DEPLOY_DECIDE + "RequestDecision.java",
                    "        if (facts.record().dryRun()) {\n",
                    "        if (false) {\n")),
    STAGED_ELSEWHERE(
            "what is staged is not called as it has to be",
            new Pin(Generator.FOCUS, 0, "I11"),
            new Edit(Folders.UPLOAD + "decide/GooglePath.java", "\".tar.gz\"", "\".tgz\"")),
    NEWEST_BEFORE_VERIFIED(
            "services/ grows before VERIFIED is recorded",
            new Pin(Generator.UNIFORM, 10, "I5"),
            new Edit(
                    Folders.UPLOAD + "Actions.java",
                    "        Versioned<DeploymentRecord> standing = read;\n",
                    "        ledger.raiseNewest(read.value().requireService(),"
                            + " read.value().order(), read.value().deployment());\n"
                            + "        Versioned<DeploymentRecord> standing = read;\n")),
    DEPLOYING_AFTER_THE_WRITE(
            "DEPLOYING is recorded after the first write",
            new Pin(Generator.FOCUS, 122, "I4"),
            new Edit(
                    Folders.DEPLOY + "Watch.java",
                    "        if (step instanceof Begin) {\n",
                    "        if (step instanceof Begin && facts.service().isEmpty()) {\n"
                            + "            var soon = read.value().deploying();\n"
                            + "            var early = new DeployFacts(soon, facts.since(),"
                            + " facts.now(), facts.rules(), facts.entry(), facts.service(),"
                            + " facts.manifest(), facts.fenceOutcome(), facts.fallback(),"
                            + " facts.triggers(), facts.targets());\n"
                            + "            var first = DeployDecision.next(early);\n"
                            + "            if (first instanceof DeployStep.Create) {\n"
                            + "                deploy.actions().act(read, first, early);\n"
                            + "            }\n"
                            + "        }\n"
                            + "        if (step instanceof Begin) {\n")),
    NO_LIST_BY_TAG(
            "builds are not listed by tag before one is submitted",
            new Pin(Generator.FOCUS, 29, "I7"),
            new Edit(
                    Folders.BUILD + "Submission.java",
                    "        if (adopt(claimed)) {\n            return false;\n        }\n",
                    "")),
    NEWEST_BY_ARRIVAL(
            "the newest is who came last",
            new Pin(Generator.FOCUS, 1, "I5"),
            new Edit(
                    Folders.LEDGER + "ServiceEntry.java",
                    "        boolean grows = newest == null || order.newerThan(newest.order());",
                    "        boolean grows = newest == null || !order.equals(newest.order());"),
            new Edit(
                    Folders.LEDGER + "ServiceEntry.java",
                    "newest.order().newerThan(order)",
                    "!newest.order().equals(order)")),
    WAITING_BY_NACK(
            "whoever waits is delivered again and again",
            new Pin(Generator.SWARM, 7, "dead letters"),
            new Edit(
                    Folders.BUILD + "Actions.java",
                    "    private Result pause(Versioned<DeploymentRecord> read, Waiting waiting)"
                            + " {\n",
                    "    private Result pause(Versioned<DeploymentRecord> read, Waiting waiting)"
                            + " {\n        if (true) {\n            throw new"
                            + " IllegalStateException(\"not now\");\n        }\n")),
    NO_TRIGGER_SWEEP(
            "triggers are not looked after",
            new Pin(Generator.FOCUS, 11, "I6"),
            new Edit(
                    Folders.DEPLOY + "TriggerSweep.java",
                    "        if (now.isBefore(due)) {\n",
                    "        if (!now.isAfter(Instant.MAX)) {\n")),
    NO_LISTING_OF_REQUESTS(
            "requests are not listed for what no message told",
            new Pin(Generator.UNIFORM, 325, "I1"),
            new Edit(
                    Folders.DEPLOY + "UnheardRequests.java",
                    "        if (now.isBefore(due)) {\n",
                    "        if (!now.isAfter(Instant.MAX)) {\n"));

    private final String rule;
    private final Pin pin;
    private final List<Edit> edits;

    Mutant(String rule, Pin pin, Edit... edits) {
        this.rule = rule;
        this.pin = pin;
        this.edits = List.of(edits);
    }

    /** A schedule that catches it. */
    Pin pin() {
        return pin;
    }

    /** What it does instead. */
    String rule() {
        return rule;
    }

    List<Edit> edits() {
        return edits;
    }

    /**
     * A schedule that catches a mutant.
     *
     * @param invariant the violated one's number
     */
    record Pin(Generator generator, long seed, String invariant) {}

    /**
     * One text of a source file that is replaced.
     *
     * @param file from the top of the checkout
     */
    record Edit(String file, String text, String other) {}

    /** Where the sources are. */
    private static final class Folders {
        private static final String SIMULATION =
                "infra/simulation/src/test/java/dev/slipway/simulation/";
        private static final String KIT = "infra/worker-kit/src/main/java/dev/slipway/kit/";
        private static final String LEDGER = "infra/ledger/src/main/java/dev/slipway/ledger/";
        private static final String UPLOAD = "upload-worker/src/main/java/dev/slipway/upload/";
        private static final String BUILD = "build-worker/src/main/java/dev/slipway/build/";
        private static final String DEPLOY = "deploy-worker/src/main/java/dev/slipway/deploy/";
        private static final String DEPLOY_DECIDE = DEPLOY + "decide/";
        private static final String DEPLOY_TEST = "deploy-worker/src/test/java/dev/slipway/deploy/";
    }
}
