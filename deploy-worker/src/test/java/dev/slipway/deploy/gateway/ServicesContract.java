package dev.slipway.deploy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.deploy.decide.RevisionSeen;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import dev.slipway.deploy.decide.ServicePlan;
import dev.slipway.deploy.decide.ServiceSeen;
import dev.slipway.deploy.decide.ServiceSeen.Progress;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Services} does, the model included. */
public abstract class ServicesContract {
    private static final Map<String, String> MINE = Map.of("example.com/by", "contract");
    private static final Map<String, String> LATER = Map.of("example.com/by", "later");

    /** The one under test. */
    protected abstract Services services();

    /** A plan whose container starts and listens; its revision is named so. */
    protected abstract ServicePlan starting(ServiceKey service, String revision);

    /** A plan whose container exits at once. */
    protected abstract ServicePlan failing(ServiceKey service, String revision);

    /** How long a start, or a failure to start, may take. */
    protected Duration patience() {
        return Duration.ofSeconds(60);
    }

    /** A service that no other test uses. */
    protected ServiceKey service(String name) {
        return new ServiceKey("europe-west1", new ServiceName(name));
    }

    private ServiceSeen settled(ServiceKey service) {
        return await().atMost(patience())
                .until(
                        () -> services().get(service),
                        found -> found.isPresent() && !found.get().isLagging())
                .orElseThrow();
    }

    private ServiceSeen read(ServiceKey service) {
        return services().get(service).orElseThrow();
    }

    private static void assertFails(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void whatIsNotThereIsEmptyAndNeedsNoDeleting() {
        ServiceKey missing = service("contract-missing");

        assertThat(services().get(missing)).isEmpty();
        services().delete(missing, "any");
        assertThat(services().get(missing)).isEmpty();
    }

    @Test
    void aCreatedServiceServesItsRevisionWithWhatItWasGiven() {
        ServiceKey service = service("contract-created");
        ServicePlan plan = starting(service, "contract-created-1");

        services().create(plan, MINE);
        ServiceSeen seen = settled(service);

        assertThat(seen.progress()).isEqualTo(Progress.SUCCEEDED);
        assertThat(seen.annotations()).containsAllEntriesOf(MINE);
        assertThat(seen.template()).isEqualTo(plan.revision());
        assertThat(seen.wants(plan.revision())).isTrue();
        assertThat(seen.serves(plan.revision())).isTrue();
        assertThat(seen.uri()).startsWith("http");
        assertThat(seen.live()).contains(plan.revision());
        assertThat(seen.fence()).contains(plan.origin().order());
        RevisionSeen revision = seen.revision(plan.revision()).orElseThrow();
        assertThat(revision.origin()).isEqualTo(plan.origin());
        assertThat(revision.state()).isEqualTo(RevisionSeen.State.READY);
    }

    @Test
    void aServiceIsCreatedOnce() {
        ServiceKey service = service("contract-once");
        services().create(starting(service, "contract-once-1"), MINE);

        assertFails(
                FailureKind.ALREADY_EXISTS,
                () -> services().create(starting(service, "contract-once-2"), LATER));
        assertThat(settled(service).annotations()).containsAllEntriesOf(MINE);
    }

    @Test
    void aWriteWithAStaleEtagChangesNothing() {
        ServiceKey service = service("contract-stale");
        services().create(starting(service, "contract-stale-1"), Map.of());
        String stale = settled(service).etag();
        services().route(service, stale, MINE, "contract-stale-1", Optional.empty());
        ServiceSeen before = settled(service);

        assertFails(
                FailureKind.CONFLICT,
                () -> services().deploy(starting(service, "contract-stale-2"), stale, LATER));
        assertFails(
                FailureKind.CONFLICT,
                () ->
                        services()
                                .route(
                                        service,
                                        stale,
                                        LATER,
                                        "contract-stale-1",
                                        Optional.empty()));
        assertFails(FailureKind.CONFLICT, () -> services().delete(service, stale));

        ServiceSeen after = read(service);
        assertThat(after.annotations()).isEqualTo(before.annotations());
        assertThat(after.template()).isEqualTo(before.template());
        assertThat(after.revisions()).hasSameSizeAs(before.revisions());
        assertThat(after.deleting()).isFalse();
    }

    @Test
    void theNextRevisionTakesTheTrafficOnceItIsReady() {
        ServiceKey service = service("contract-next");
        services().create(starting(service, "contract-next-1"), MINE);
        ServiceSeen first = settled(service);

        services().deploy(starting(service, "contract-next-2"), first.etag(), LATER);
        ServiceSeen seen = settled(service);

        assertThat(seen.serves("contract-next-2")).isTrue();
        assertThat(seen.annotations()).containsAllEntriesOf(LATER);
        assertThat(seen.revision("contract-next-1")).isPresent();
        assertThat(seen.uri()).isEqualTo(first.uri());
    }

    @Test
    void aRevisionThatDoesNotStartLeavesTheTrafficWhereItWas() {
        ServiceKey service = service("contract-failing");
        services().create(starting(service, "contract-failing-1"), MINE);

        services().deploy(failing(service, "contract-failing-2"), settled(service).etag(), LATER);
        ServiceSeen seen = settled(service);

        assertThat(seen.progress()).isEqualTo(Progress.FAILED);
        assertThat(seen.serves("contract-failing-1")).isTrue();
        assertThat(seen.live()).contains("contract-failing-1");
        RevisionSeen failed = seen.revision("contract-failing-2").orElseThrow();
        assertThat(failed.state()).isEqualTo(RevisionSeen.State.FAILED);
        assertThat(failed.failure())
                .isNotNull()
                .extracting(Failure::cause)
                .isEqualTo(Failure.Cause.CONTAINER);
    }

    @Test
    void aFirstRevisionThatDoesNotStartServesNothing() {
        ServiceKey service = service("contract-nothing");
        services().create(failing(service, "contract-nothing-1"), MINE);

        ServiceSeen seen = settled(service);

        assertThat(seen.progress()).isEqualTo(Progress.FAILED);
        assertThat(seen.live()).isEmpty();
    }

    @Test
    void routingBackTouchesNoTemplate() {
        ServiceKey service = service("contract-back");
        services().create(starting(service, "contract-back-1"), MINE);
        services().deploy(failing(service, "contract-back-2"), settled(service).etag(), MINE);
        ServiceSeen failed = settled(service);

        services().route(service, failed.etag(), LATER, "contract-back-1", Optional.empty());
        ServiceSeen seen = settled(service);

        assertThat(seen.template()).isEqualTo("contract-back-2");
        assertThat(seen.wants("contract-back-1")).isTrue();
        assertThat(seen.serves("contract-back-1")).isTrue();
        assertThat(seen.annotations()).containsAllEntriesOf(LATER);
        assertThat(seen.revisions()).hasSameSizeAs(failed.revisions());
    }

    @Test
    void aServiceThatFailedTakesTheNextRevision() {
        ServiceKey service = service("contract-again");
        services().create(failing(service, "contract-again-1"), MINE);

        services().deploy(starting(service, "contract-again-2"), settled(service).etag(), MINE);
        ServiceSeen seen = settled(service);

        assertThat(seen.progress()).isEqualTo(Progress.SUCCEEDED);
        assertThat(seen.serves("contract-again-2")).isTrue();
    }

    @Test
    void marksLeaveTemplateAndTrafficAlone() {
        ServiceKey service = service("contract-mark");
        services().create(starting(service, "contract-mark-1"), MINE);
        ServiceSeen before = settled(service);

        services().mark(service, before.etag(), LATER);
        ServiceSeen seen = settled(service);

        assertThat(seen.annotations()).containsAllEntriesOf(LATER);
        assertThat(seen.etag()).isNotEqualTo(before.etag());
        assertThat(seen.template()).isEqualTo("contract-mark-1");
        assertThat(seen.serves("contract-mark-1")).isTrue();
        assertThat(seen.revisions()).hasSize(1);
        assertFails(FailureKind.CONFLICT, () -> services().mark(service, before.etag(), MINE));
    }

    @Test
    void aRevisionsNameIsNotTakenTwice() {
        ServiceKey service = service("contract-name");
        services().create(starting(service, "contract-name-1"), MINE);
        String etag = settled(service).etag();

        assertThatThrownBy(
                        () -> services().deploy(failing(service, "contract-name-1"), etag, LATER))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e ->
                                assertThat(e.kind())
                                        .isIn(FailureKind.CONFLICT, FailureKind.ALREADY_EXISTS));
        assertThat(settled(service).annotations()).containsAllEntriesOf(MINE);
    }

    @Test
    void aDeletedServiceGoes() {
        ServiceKey service = service("contract-deleted");
        services().create(starting(service, "contract-deleted-1"), MINE);

        services().delete(service, settled(service).etag());

        await().atMost(patience())
                .untilAsserted(() -> assertThat(services().get(service)).isEmpty());
    }
}
