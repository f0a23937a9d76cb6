package dev.slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.UnreadableObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger object that does not parse: refused, left untouched, and in nobody else's way. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class UnreadableLedgerTest {
    private static final byte[] TORN = {'{'};

    @TempDir Path spool;
    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(spool);
    }

    private void isStillTorn(String name, long generation) {
        ObjectStore.Stored stored = bench.kept.get(name).orElseThrow();
        assertThat(stored.generation()).isEqualTo(generation);
        assertThat(stored.body()).isEqualTo(TORN);
    }

    private long tear(String name) {
        return ((ObjectStore.Written) bench.kept.create(name, TORN)).generation();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open/", "deployments/", "services/"})
    void aDropIsRefusedWhoseObjectIsTorn(String kind) {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), null);
        String id = DeploymentId.of(version).toString();
        String name = kind + (kind.equals("services/") ? Bench.REGION + "/hello" : id);
        long generation = tear(name);

        assertThatThrownBy(() -> bench.announce(version)).isInstanceOf(UnreadableObject.class);

        isStillTorn(name, generation);
        assertThat(bench.published).isEmpty();
        DeploymentId other = bench.drop("other.zip", Archives.function("2"));
        assertThat(bench.record(other).stage()).isEqualTo(Stage.VERIFIED);
    }

    @Test
    void aMarkerThatDoesNotParseKeepsNoOtherDropBackFromBeingFound() {
        bench.resume.converge(bench.now);
        bench.now = bench.now.plusSeconds(1);
        ObjectVersion damaged = bench.drops.put("a.zip", Archives.function("1"), null);
        String name = "open/" + DeploymentId.of(damaged);
        long generation = tear(name);
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("2"), null);

        bench.now = bench.now.plus(Duration.ofMinutes(15));
        bench.resume.converge(bench.now);

        assertThat(bench.record(DeploymentId.of(version)).stage()).isEqualTo(Stage.VERIFIED);
        isStillTorn(name, generation);
        assertThat(bench.ledger.watermark(Bench.BUCKET).orElseThrow().timeCreated())
                .as("what the torn marker holds open is still above the watermark")
                .isLessThan(bench.now.minus(Duration.ofMinutes(10)).toEpochMilli());
    }

    @Test
    void aWatermarkThatDoesNotParseIsNotStartedAnew() {
        long generation = tear("watermarks/" + Bench.BUCKET);

        bench.resume.converge(bench.now);

        isStillTorn("watermarks/" + Bench.BUCKET, generation);
    }
}
