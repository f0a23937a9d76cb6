package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OneDeploymentTest {
    private static final ServiceKey HELLO =
            new ServiceKey("europe-west1", new ServiceName("hello"));
    private static final Cloud CLOUD = Cloud.Google.of("my-project", "slipway", null, Map.of());
    private static final Marker MARKER =
            Marker.of(Order.of(new ObjectVersion("drop", "hello.zip", 7), 1_767_268_800_000L));

    private final Ledger ledger =
            new Ledger(
                    new InMemoryObjectStore(InstantSource.system()),
                    () -> "token",
                    new Backoff(_ -> {}, new Random(1)));

    @CommandLine.Command
    private static final class Typed {
        @CommandLine.Mixin private final OneDeployment deployment = new OneDeployment();
    }

    private OneDeployment.Known found(String text) {
        Typed typed = new Typed();
        new CommandLine(typed).parseArgs(text);
        return typed.deployment.in(CLOUD, ledger, "cancel");
    }

    private Problem problem(String text) {
        return catchThrowableOfType(Problem.class, () -> found(text));
    }

    private void begin(@Nullable ServiceKey service) {
        ledger.mark(MARKER);
        ledger.begin(DeploymentRecord.received(MARKER, service, null));
    }

    @Test
    void isFoundWithItsServiceByItsIdAlone() {
        begin(HELLO);

        OneDeployment.Known known = found(MARKER.deployment().value());

        assertThat(known.id()).isEqualTo(MARKER.deployment());
        assertThat(known.service()).isEqualTo(HELLO);
    }

    @Test
    void whoNamesAServiceIsToldItsNewestDeployment() {
        ledger.raiseNewest(HELLO, MARKER.order(), MARKER.deployment());

        Problem problem = problem("hello");

        assertThat(problem.message())
                .isEqualTo("hello is a service; its newest deployment is " + MARKER.deployment());
        assertThat(problem.nextStep()).isEqualTo("./slipway cancel " + MARKER.deployment());
        assertThat(problem.exitCode()).isEqualTo(2);
    }

    @Test
    void whatIsNoIdIsRefusedWithTheFormOfOne() {
        assertThat(problem("d123").message())
                .isEqualTo("d123 is no deployment's id; one is d and 19 of a-z and 2-7");
    }

    @Test
    void anUnknownIdIsToldWithWhereItWasLookedFor() {
        Problem problem = problem(MARKER.deployment().value());

        assertThat(problem.message())
                .contains("there is no deployment " + MARKER.deployment())
                .contains("deployments/" + MARKER.deployment())
                .contains("gs://my-project-slipway-ledger");
        assertThat(problem.nextStep()).contains("./slipway list --open");
        assertThat(problem.exitCode()).isEqualTo(1);
    }

    @Test
    void oneThatHasOnlyJustArrivedMayBeAskedForAgain() {
        ledger.mark(MARKER);

        assertThat(problem(MARKER.deployment().value()).nextStep())
                .isEqualTo("Try it again in a moment.");
    }

    @Test
    void oneWhoseNameYieldsNoServiceHasNothingToAskOf() {
        begin(null);

        assertThat(problem(MARKER.deployment().value()).message())
                .contains("is of no service: hello.zip names none");
    }
}
