package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.UnreadableObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A ledger object that does not parse: refused, left untouched, and in nobody else's way. */
class UnreadableLedgerTest {
    private static final byte[] TORN = {'{'};

    private final Bench bench = new Bench();

    enum Torn {
        RECORD,
        SERVICE,
        MANIFEST
    }

    private String nameOf(Torn torn, DeploymentId deployment) {
        return switch (torn) {
            case RECORD -> "deployments/" + deployment;
            case SERVICE -> "services/" + Bench.HELLO;
            case MANIFEST -> "manifests/" + bench.record(deployment).requireManifest().hex();
        };
    }

    private ObjectStore.Stored stored(String name) {
        return bench.kept.get(name).orElseThrow();
    }

    private void tear(String name) {
        bench.kept.swap(name, stored(name).generation(), TORN);
    }

    @ParameterizedTest
    @CsvSource({
        "RECORD, false", "RECORD, true",
        "SERVICE, false", "SERVICE, true",
        "MANIFEST, false", "MANIFEST, true"
    })
    void aDeploymentIsRefusedWhoseObjectIsTorn(Torn torn, boolean deploying) {
        DeploymentId hello = bench.built();
        if (deploying) {
            bench.begin(hello);
        }
        ImagePushed event = bench.pushed(hello);
        String name = nameOf(torn, hello);
        tear(name);
        ObjectStore.Stored before = stored(name);

        assertThatThrownBy(() -> bench.worker.deploy().handle(event))
                .isInstanceOf(UnreadableObject.class);

        assertThat(stored(name).generation()).isEqualTo(before.generation());
        assertThat(stored(name).body()).isEqualTo(TORN);
        assertThat(bench.services.get(Bench.HELLO)).isEmpty();
        assertThat(bench.published).isEmpty();
        assertThat(bench.ledger.marker(hello)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Torn.class)
    void aMissingManifestIsNotMadeUp(Torn torn) {
        DeploymentId hello = bench.built();
        ImagePushed event = bench.pushed(hello);
        String name = nameOf(Torn.MANIFEST, hello);
        bench.kept.delete(name, stored(name).generation());
        if (torn != Torn.MANIFEST) {
            tear(nameOf(torn, hello));
        }

        assertThatThrownBy(() -> bench.worker.deploy().handle(event))
                .isInstanceOf(UnreadableObject.class);

        assertThat(bench.kept.get(name)).isEmpty();
        assertThat(bench.published).isEmpty();
    }

    @Test
    void aTornEntryOfOneServiceIsNotInTheWayOfAnother() {
        ServiceKey other = new ServiceKey(Bench.HELLO.region(), new ServiceName("other"));
        bench.kept.create("services/" + other, TORN);
        DeploymentId hello = bench.built();

        bench.deploy(hello);
        bench.worker.resume().converge(bench.now);

        assertThat(bench.outcomes(hello)).containsExactly(Outcome.LIVE);
        assertThat(stored("services/" + other).body()).isEqualTo(TORN);
    }
}
