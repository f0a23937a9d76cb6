package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.SourceStored;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.Source;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.UnreadableObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A ledger object that does not parse: refused, left untouched, and in nobody else's way. */
class UnreadableLedgerTest {
    private static final byte[] TORN = {'{'};

    private final Bench bench = new Bench();

    enum Torn {
        RECORD,
        SERVICE,
        IMAGE,
        MANIFEST
    }

    private String nameOf(Torn torn, DeploymentId deployment) {
        Source source = bench.record(deployment).requireSource();
        return switch (torn) {
            case RECORD -> "deployments/" + deployment;
            case SERVICE -> "services/" + bench.record(deployment).requireService();
            case IMAGE -> "images/" + source.digest().hex() + "/" + source.buildDigest().hex();
            case MANIFEST -> "manifests/" + bench.record(deployment).requireManifest().hex();
        };
    }

    private long tear(String name) {
        ObjectStore.Write write =
                bench.store
                        .get(name)
                        .map(stored -> bench.store.swap(name, stored.generation(), TORN))
                        .orElseGet(() -> bench.store.create(name, TORN));
        return ((ObjectStore.Written) write).generation();
    }

    @ParameterizedTest
    @EnumSource(Torn.class)
    void aDeploymentIsRefusedWhoseObjectIsTorn(Torn torn) {
        DeploymentId hello = bench.verified("hello");
        SourceStored event = bench.stored(hello);
        String name = nameOf(torn, hello);
        long generation = tear(name);

        assertThatThrownBy(() -> bench.start.handle(event)).isInstanceOf(UnreadableObject.class);

        ObjectStore.Stored stored = bench.store.get(name).orElseThrow();
        assertThat(stored.generation()).isEqualTo(generation);
        assertThat(stored.body()).isEqualTo(TORN);
        assertThat(bench.builds.names()).isEmpty();
        assertThat(bench.published).isEmpty();
        assertThat(bench.ledger.marker(hello)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = Torn.class,
            names = {"RECORD", "SERVICE", "IMAGE"})
    void whatIsTornIsInNobodysWay(Torn torn) {
        DeploymentId hello = bench.verified("hello");
        tear(nameOf(torn, hello));
        DeploymentId other = bench.verified("other");

        bench.start(other);

        assertThat(bench.record(other).stage()).isEqualTo(Stage.BUILDING);
    }

    @Test
    void aTornClaimKeepsNobodyFromBuilding() {
        DeploymentId hello = bench.verified("hello");
        tear("building/" + hello);

        bench.start(hello);

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILDING);
        assertThat(bench.store.get("building/" + hello).orElseThrow().body()).isEqualTo(TORN);
    }
}
