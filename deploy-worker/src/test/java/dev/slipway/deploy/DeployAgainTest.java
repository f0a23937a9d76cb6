package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.SourceStored;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Source;
import dev.slipway.ledger.Stage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests that become deployments. */
class DeployAgainTest {
    private final Bench bench = new Bench();
    private final Asker asker = new Asker(bench);

    private DeploymentId deployed() {
        DeploymentId hello = bench.built();
        bench.deploy(hello);
        return hello;
    }

    private Optional<String> serving() {
        return bench.services.serving(Bench.HELLO);
    }

    private DeploymentRecord became(ObjectVersion request) {
        asker.assertDone(request);
        DeploymentId again = DeploymentId.of(request);
        assertThat(asker.answer(request).deployment()).isEqualTo(again);
        assertThat(bench.ledger.marker(again)).isPresent();
        assertThat(bench.ledger.service(Bench.HELLO).newest())
                .satisfies(newest -> assertThat(newest.deployment()).isEqualTo(again));
        assertThat(bench.published)
                .filteredOn(SourceStored.class::isInstance)
                .extracting(event -> event.deployment())
                .containsExactly(again);
        return bench.record(again);
    }

    private void builtAndDeployed(DeploymentRecord again) {
        var read = bench.read(again.deployment());
        var _ = bench.ledger.swap(read, read.value().built("image@again")).orElseThrow();
        bench.deploy(again.deployment());
    }

    @Test
    void aRedriveDeploysTheSameSourceUnderTheRequestsOrder() {
        DeploymentId first = bench.built("first");
        bench.deploy(first);
        DeploymentId second = deployed();

        DeploymentRecord again = became(asker.ask(Request.redrive(first)));
        builtAndDeployed(again);

        assertThat(again.stage()).isEqualTo(Stage.VERIFIED);
        assertThat(again.source()).isEqualTo(bench.record(first).source());
        assertThat(again.manifest()).isEqualTo(bench.record(first).manifest());
        assertThat(again.previous()).isEqualTo(second);
        assertThat(again.order().newerThan(bench.record(second).order())).isTrue();
        assertThat(bench.outcomes(again.deployment())).containsExactly(Outcome.LIVE);
        assertThat(serving()).contains(bench.revision(again.deployment()));
    }

    @Test
    void aRedeployOfWhatIsLiveHasABuildOfItsOwnAndIsNeverUnchanged() {
        DeploymentId first = deployed();

        DeploymentRecord again = became(asker.ask(Request.redeploy()));
        builtAndDeployed(again);

        Source parent = bench.record(first).requireSource();
        assertThat(again.requireSource().digest()).isEqualTo(parent.digest());
        Digest own = again.requireSource().buildDigest();
        assertThat(own).isNotEqualTo(parent.buildDigest());
        assertThat(bench.outcomes(again.deployment())).containsExactly(Outcome.LIVE);
        assertThat(bench.services.revisions(Bench.HELLO)).hasSize(2);
    }

    @Test
    void oneThatTheNextStageHasTakenUpIsNotBegunAgain() {
        DeploymentId first = deployed();
        ObjectVersion redrive = asker.ask(Request.redrive(first));
        builtAndDeployed(became(redrive));
        int published = bench.published.size();

        asker.tell(redrive);

        assertThat(bench.published).hasSize(published);
        assertThat(bench.outcomes(DeploymentId.of(redrive))).containsExactly(Outcome.UNCHANGED);
        assertThat(bench.ledger.marker(DeploymentId.of(redrive))).isEmpty();
    }

    @Test
    void oneThatIsOvertakenByANewerDropIsSuperseded() {
        DeploymentId first = deployed();
        DeploymentRecord again = became(asker.ask(Request.redrive(first)));
        DeploymentId newer = deployed();

        builtAndDeployed(again);

        assertThat(bench.outcomes(again.deployment())).containsExactly(Outcome.SUPERSEDED);
        assertThat(serving()).contains(bench.revision(newer));
    }

    @Test
    void nothingLiveCannotBeRedeployed() {
        asker.assertRefused(asker.ask(Request.redeploy()), Refusal.NOTHING_LIVE);
    }

    @Test
    void whatIsNotKnownOrWasNeverVerifiedCannotBeRedriven() {
        DeploymentId unknown = DeploymentId.of(new ObjectVersion("drop", "other.zip", 1));
        DeploymentId unverified =
                bench.ledger
                        .begin(
                                DeploymentRecord.received(
                                        Marker.of(bench.dropped()), Bench.HELLO, null))
                        .value()
                        .deployment();

        asker.assertRefused(asker.ask(Request.redrive(unknown)), Refusal.NO_SUCH_DEPLOYMENT);
        asker.assertRefused(asker.ask(Request.redrive(unverified)), Refusal.NO_SOURCE);
        assertThat(bench.published).isEmpty();
    }
}
