package dev.slipway.ledger;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Verdict;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One deployment's state. Every legal move is a method that returns the record after it; forward
 * means lexicographic in (buildAttempt, stage, deployAttempt), and {@link Stage#DONE} is final.
 *
 * @param drop what arrived
 * @param service absent where the drop's name yields none
 * @param previous who was newest of the service when this one was verified
 * @param buildAttempt from 1
 * @param deployAttempt from 1; it grows when a revision failed for a reason of the platform
 * @param waiting why nothing happens now, if so
 * @param injection how often a sweep has put this one back to work
 * @param manifest the digest of the normalised manifest, from VERIFIED on
 * @param source from VERIFIED on
 * @param build the submitted build of the current attempt
 * @param image its URI by digest, from BUILT on
 * @param revision the revision's name, from DEPLOYING on
 * @param url where the service answers, once known
 * @param closing a negative verdict that stands and is not yet carried out; the first one stays
 * @param verdict from DONE on
 * @param correlation the uploader's own correlation id, if given
 * @param history when stages were entered, by the storage's clock; the current one's moment is
 *     added with the next write
 * @param writeToken whose write this is, to recognise it when a retried write answers 412
 */
public record DeploymentRecord(
        int schema,
        DeploymentId deployment,
        ObjectVersion drop,
        @Nullable ServiceKey service,
        Order order,
        @Nullable DeploymentId previous,
        Stage stage,
        int buildAttempt,
        int deployAttempt,
        @Nullable Waiting waiting,
        long injection,
        @Nullable Digest manifest,
        @Nullable Source source,
        @Nullable Build build,
        @Nullable String image,
        @Nullable String revision,
        @Nullable String url,
        @Nullable Verdict closing,
        @Nullable Verdict verdict,
        @Nullable String correlation,
        List<Moment> history,
        String writeToken) {
    /** The form of records that this program writes. */
    public static final int SCHEMA = 1;

    /** How many of the deployment's last characters stand in a revision's name. */
    private static final int ID_IN_REVISION = 10;

    /** Copies the history, and refuses what says not even whose record it is. */
    public DeploymentRecord {
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(drop, "drop");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(stage, "stage");
        history = List.copyOf(history);
    }

    /** A drop that was just heard of. */
    public static DeploymentRecord received(
            Marker marker, @Nullable ServiceKey service, @Nullable String correlation) {
        return new DeploymentRecord(
                SCHEMA,
                marker.deployment(),
                marker.drop(),
                service,
                marker.order(),
                null,
                Stage.RECEIVED,
                1,
                1,
                null,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                correlation,
                List.of(),
                "");
    }

    /**
     * The source of an earlier deployment, deployed once more because somebody asked for it.
     *
     * @param marker the request's
     * @param verified the earlier source; with a build digest of its own it is built again
     */
    public static DeploymentRecord again(
            Marker marker,
            DeploymentRecord earlier,
            Source verified,
            @Nullable DeploymentId newestBefore,
            @Nullable String correlation) {
        return received(marker, earlier.service, correlation)
                .verified(verified, earlier.requireManifest(), newestBefore);
    }

    /** The staged bytes and the manifest are durable. */
    public DeploymentRecord verified(
            Source verified, Digest normalisedManifest, @Nullable DeploymentId newestBefore) {
        return change(Stage.VERIFIED, EnumSet.of(Stage.RECEIVED))
                .previous(newestBefore)
                .source(verified)
                .manifest(normalisedManifest)
                .done();
    }

    /**
     * Somebody is about to submit the current build attempt; a stale claim is taken over the same
     * way.
     */
    public DeploymentRecord claimed() {
        return change(Stage.CLAIMED, EnumSet.of(Stage.VERIFIED, Stage.CLAIMED)).done();
    }

    /** The build is submitted. */
    public DeploymentRecord building(Build submitted) {
        return change(Stage.BUILDING, EnumSet.of(Stage.CLAIMED)).build(submitted).done();
    }

    /** The platform failed the build; the next attempt starts from the staged source. */
    public DeploymentRecord buildAgain() {
        return change(Stage.VERIFIED, EnumSet.of(Stage.CLAIMED, Stage.BUILDING))
                .buildAttempt(buildAttempt + 1)
                .build(null)
                .done();
    }

    /** The image exists; straight from VERIFIED where it was built before. */
    public DeploymentRecord built(String imageByDigest) {
        return change(Stage.BUILT, EnumSet.of(Stage.VERIFIED, Stage.CLAIMED, Stage.BUILDING))
                .image(imageByDigest)
                .done();
    }

    /** The point of no return, recorded before the first write to Cloud Run. */
    public DeploymentRecord deploying() {
        return change(Stage.DEPLOYING, EnumSet.of(Stage.BUILT))
                .revision(revisionName(deployAttempt))
                .done();
    }

    /** The revision failed for a reason of the platform; another one is tried. */
    public DeploymentRecord deployAgain() {
        return change(Stage.DEPLOYING, EnumSet.of(Stage.DEPLOYING))
                .deployAttempt(deployAttempt + 1)
                .revision(revisionName(deployAttempt + 1))
                .done();
    }

    /** A negative verdict stands and is carried out next; a later one changes nothing. */
    public DeploymentRecord closing(Verdict negative) {
        if (closing != null) {
            return this;
        }
        return change(Stage.DEPLOYING, EnumSet.of(Stage.DEPLOYING)).closing(negative).done();
    }

    /** Nothing can happen before the given time. */
    public DeploymentRecord waiting(Waiting reason) {
        return change(stage, EnumSet.complementOf(EnumSet.of(Stage.DONE))).waiting(reason).done();
    }

    /** A sweep puts it back to work. */
    public DeploymentRecord injected() {
        return change(stage, EnumSet.allOf(Stage.class)).injection(injection + 1).done();
    }

    /** It is over. */
    public DeploymentRecord finished(Verdict last, @Nullable String serviceUrl) {
        return change(Stage.DONE, EnumSet.complementOf(EnumSet.of(Stage.DONE)))
                .verdict(last)
                .url(serviceUrl)
                .done();
    }

    /** Whether it is over. */
    public boolean isDone() {
        return stage == Stage.DONE;
    }

    /** The service, where the stage implies that there is one. */
    public ServiceKey requireService() {
        return Objects.requireNonNull(service, "a verified deployment has a service");
    }

    /** The verified source, where the stage implies that there is one. */
    public Source requireSource() {
        return Objects.requireNonNull(source, "a verified deployment has a source");
    }

    /** The manifest's digest, where the stage implies that there is one. */
    public Digest requireManifest() {
        return Objects.requireNonNull(manifest, "a verified deployment has a manifest");
    }

    /** The verdict, where the stage is DONE. */
    public Verdict requireVerdict() {
        return Objects.requireNonNull(verdict, "a finished deployment has a verdict");
    }

    /** When the current stage and attempts were entered, given when the record was last written. */
    public Instant since(Instant updated) {
        return history.stream().filter(this::isCurrent).map(Moment::at).findFirst().orElse(updated);
    }

    /** The stage before DONE, or the current one: whose sweep looks after it. */
    public Stage lastOpenStage() {
        return isDone()
                ? history.reversed().stream()
                        .map(Moment::stage)
                        .filter(entered -> entered != Stage.DONE)
                        .findFirst()
                        .orElse(Stage.RECEIVED)
                : stage;
    }

    /**
     * The name of this deployment's revision: {@code <service>-<10 characters>-<deployAttempt>}.
     */
    private String revisionName(int attempt) {
        String id = deployment.value();
        return requireService().service()
                + "-"
                + id.substring(id.length() - ID_IN_REVISION)
                + "-"
                + attempt;
    }

    private boolean isCurrent(Moment moment) {
        return moment.stage() == stage
                && moment.buildAttempt() == buildAttempt
                && moment.deployAttempt() == deployAttempt;
    }

    /**
     * This record as it goes to the store in place of {@code before}, which was written at {@code
     * updated}.
     */
    DeploymentRecord following(DeploymentRecord before, Instant updated, String token) {
        boolean known = before.history.stream().anyMatch(before::isCurrent);
        Moment entered =
                new Moment(before.stage, before.buildAttempt, before.deployAttempt, updated);
        List<Moment> moments =
                known
                        ? before.history
                        : Stream.concat(before.history.stream(), Stream.of(entered)).toList();
        return new RecordChange(this).history(moments).writeToken(token).done();
    }

    private RecordChange change(Stage to, Set<Stage> from) {
        if (!from.contains(stage)) {
            throw new IllegalMove(this, to);
        }
        return new RecordChange(this).stage(to).waiting(null);
    }
}
