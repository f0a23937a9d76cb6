package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BuildWindowTest {
    private final Bench bench = new Bench(1);
    private final DeploymentId first = begin("first");
    private final DeploymentId second = begin("second");

    private DeploymentId begin(String service) {
        DeploymentId deployment = bench.verified(service);
        bench.start(deployment);
        return deployment;
    }

    private void succeed(String service) {
        String build =
                bench.builds.names().stream()
                        .filter(name -> bench.builds.planOf(name).image().endsWith("/" + service))
                        .findFirst()
                        .orElseThrow();
        bench.builds.succeed(build, Bench.DIGEST);
        bench.tell(build);
    }

    @Test
    void letsInTwiceTheQuotaAndRecordsThatTheOthersWait() {
        DeploymentId third = begin("third");

        Waiting waiting = Objects.requireNonNull(bench.record(third).waiting());
        assertThat(waiting.cause()).isEqualTo(Waiting.Cause.QUOTA);
        assertThat(waiting.notBefore()).isEqualTo(bench.now.plusSeconds(30));
        assertThat(bench.record(third).stage()).isEqualTo(Stage.VERIFIED);
        assertThat(bench.ledger.building()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void aFreedPlaceGoesToTheOldest() {
        DeploymentId third = begin("third");
        DeploymentId fourth = begin("fourth");

        succeed("second");

        assertThat(bench.record(third).stage()).isEqualTo(Stage.BUILDING);
        assertThat(bench.record(fourth).stage()).isEqualTo(Stage.VERIFIED);
    }

    @Test
    void aFreedPlaceGoesToOneThatAnotherProcessToldToWait() {
        DeploymentId third = bench.verified("third");
        bench.ledger.swap(
                bench.read(third),
                bench.record(third)
                        .waiting(
                                new Waiting(
                                        Waiting.Cause.QUOTA,
                                        bench.now.plus(Duration.ofMinutes(10)))));

        succeed("first");

        assertThat(bench.record(third).stage()).isEqualTo(Stage.BUILDING);
    }

    @Test
    void waitsLongerTheLongerItHasWaited() {
        DeploymentId third = begin("third");

        bench.sweepAfter(third, Duration.ofMinutes(3));

        assertThat(Objects.requireNonNull(bench.record(third).waiting()).notBefore())
                .isEqualTo(bench.now.plus(Duration.ofMinutes(3)));
    }

    @Test
    void aNewerOneTakesThePlaceOfTheOneItSupersedes() {
        DeploymentId third = begin("third");

        DeploymentId newer = begin("first");

        assertThat(bench.record(first).isDone()).isTrue();
        assertThat(bench.ledger.building()).containsExactlyInAnyOrder(newer, second);
        assertThat(bench.record(third).stage()).isEqualTo(Stage.VERIFIED);
    }

    @Test
    void thePlaceOfOneThatFoundItsImageGoesToTheOldest() {
        DeploymentId third = begin("third");
        bench.ledger.keepImage(bench.record(second).requireSource(), "image@" + Bench.DIGEST);
        DeploymentId same = bench.verified("second", "source-2");

        bench.start(same);

        assertThat(bench.record(same).stage()).isEqualTo(Stage.BUILT);
        assertThat(bench.record(third).stage()).isEqualTo(Stage.BUILDING);
    }

    @Test
    void aRecordThatDoesNotParseKeepsNoPlaceFromOthers() {
        DeploymentId third = bench.verified("third");
        bench.tear(third);

        succeed("first");

        assertThat(bench.record(first).stage()).isEqualTo(Stage.BUILT);
        assertThat(bench.ledger.marker(third)).isPresent();
    }

    @Test
    void anEntryWhoseRecordDoesNotParseKeepsNoOtherEntry() {
        succeed("first");
        bench.ledger.enterBuilding(first, 1);
        bench.tear(second);

        bench.resume.converge(bench.now);

        assertThat(bench.ledger.building()).containsExactly(second);
    }

    @Test
    void anEntryWhoseRecordIsPastBuildingIsRemoved() {
        succeed("first");
        bench.ledger.enterBuilding(first, 1);

        bench.resume.converge(bench.now);

        assertThat(bench.ledger.building()).containsExactly(second);
    }
}
