package dev.slipway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnreadableObjectTest {
    private static final ServiceKey HELLO =
            new ServiceKey("europe-west1", new ServiceName("hello"));
    private static final Marker MARKER =
            Marker.of(new Order(1_700_000_000_000L, 42, "drop-bucket", "hello.zip"));
    private static final byte[] MANIFEST = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Source SOURCE =
            new Source(
                    new ObjectVersion("staging", "services/hello/x.tar.gz", 7),
                    Digest.of("source"),
                    Digest.of("build"),
                    2,
                    30,
                    0,
                    "");

    private final InMemoryObjectStore store =
            new InMemoryObjectStore(() -> Instant.parse("2026-01-01T00:00:00Z"));
    private final List<String> alerts = new ArrayList<>();
    private final Ledger ledger =
            new Ledger(
                    store,
                    () -> "token",
                    new Backoff(_ -> {}, new Random(1)),
                    unreadable -> alerts.add(unreadable.kind()));

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    record Use(String name, Consumer<Ledger> asks) {}

    private static Stream<Use> uses() {
        String record = "deployments/" + MARKER.deployment();
        String image = SOURCE.digest().hex() + "/" + SOURCE.buildDigest().hex();
        return Stream.of(
                new Use("open/" + MARKER.deployment(), ledger -> ledger.mark(MARKER)),
                new Use(
                        "open/" + MARKER.deployment(),
                        ledger -> ledger.marker(MARKER.deployment())),
                new Use(
                        "open/" + MARKER.deployment(),
                        ledger -> ledger.unmark(MARKER.deployment())),
                new Use(record, ledger -> ledger.deployment(MARKER.deployment())),
                new Use(
                        record,
                        ledger -> ledger.begin(DeploymentRecord.received(MARKER, HELLO, null))),
                new Use("services/" + HELLO, ledger -> ledger.service(HELLO)),
                new Use(
                        "services/" + HELLO,
                        ledger -> ledger.raiseNewest(HELLO, MARKER.order(), MARKER.deployment())),
                new Use("services/" + HELLO, ledger -> ledger.raiseAbsent(HELLO, MARKER.order())),
                new Use("images/" + image, ledger -> ledger.image(SOURCE)),
                new Use("images/" + image, ledger -> ledger.keepImage(SOURCE, "image")),
                new Use("watermarks/drop", ledger -> ledger.watermark("drop")),
                new Use("watermarks/drop", ledger -> ledger.raiseWatermark("drop", MARKER.order())),
                new Use("sweeps/build", ledger -> ledger.sweep("build", "one", 0)),
                new Use("stages/build", ledger -> ledger.stage("build")),
                new Use("stages/build", ledger -> ledger.pauseStage("build")));
    }

    private static Stream<Arguments> tornUses() {
        return uses().flatMap(
                        use ->
                                Stream.of("", "{", "null", "[]", "\u0000")
                                        .map(body -> Arguments.of(use, body)));
    }

    @ParameterizedTest
    @MethodSource("tornUses")
    void isRefusedAlertedAndLeftUntouched(Use use, String body) {
        store.create(use.name, body.getBytes(StandardCharsets.UTF_8));
        ObjectStore.Stored before = store.get(use.name).orElseThrow();

        assertThatThrownBy(() -> use.asks.accept(ledger))
                .isInstanceOf(UnreadableObject.class)
                .hasMessageContaining(use.name);

        String kind = use.name.substring(0, use.name.indexOf('/'));
        assertThat(alerts).containsExactly(kind);
        ObjectStore.Stored after = store.get(use.name).orElseThrow();
        assertThat(after.generation()).isEqualTo(before.generation());
        assertThat(after.body()).isEqualTo(before.body());
        assertThat(store.list("", 10)).hasSize(1);
    }

    /** It only says how many build. */
    @Test
    void aTornClaimIsAlertedAndInNobodysWay() {
        String name = "building/" + MARKER.deployment();
        store.create(name, new byte[] {'{'});

        assertThatCode(() -> ledger.enterBuilding(MARKER.deployment(), 1))
                .doesNotThrowAnyException();
        assertThatCode(() -> ledger.leaveBuilding(MARKER.deployment())).doesNotThrowAnyException();

        assertThat(alerts).containsExactly("building", "building");
        assertThat(store.get(name).orElseThrow().body()).isEqualTo(new byte[] {'{'});
    }

    @Test
    void aManifestThatARecordNamesMustBeThere() {
        assertThatThrownBy(
                        () ->
                                ledger.requireManifest(
                                        Digest.of(MANIFEST), UnreadableObjectTest::text))
                .isInstanceOf(UnreadableObject.class)
                .hasMessageContaining("is missing");
        assertThat(alerts).containsExactly("manifests");
        assertThat(ledger.manifest(Digest.of(MANIFEST), UnreadableObjectTest::text)).isEmpty();
    }

    @Test
    void aManifestIsWhatItsDigestSays() {
        Digest digest = Digest.of(MANIFEST);
        store.create("manifests/" + digest.hex(), "{ }".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> ledger.requireManifest(digest, UnreadableObjectTest::text))
                .isInstanceOf(UnreadableObject.class)
                .hasMessageContaining("other content");
        assertThat(alerts).containsExactly("manifests");
    }

    @Test
    void aManifestThatDoesNotParseIsUnreadable() {
        ledger.keepManifest(Digest.of(MANIFEST), MANIFEST);

        assertThatThrownBy(
                        () ->
                                ledger.requireManifest(
                                        Digest.of(MANIFEST),
                                        _ -> {
                                            throw new IOException("no such field");
                                        }))
                .isInstanceOf(UnreadableObject.class)
                .hasMessageContaining("no such field");
        assertThat(alerts).containsExactly("manifests");
    }

    @Test
    void whatIsDeletedIsExactlyWhatWasRead() {
        ledger.mark(MARKER);
        Overtaken overtaken = new Overtaken(store);
        Ledger late = new Ledger(overtaken, () -> "token", new Backoff(_ -> {}, new Random(1)));

        late.unmark(MARKER.deployment());

        assertThat(ledger.marker(MARKER.deployment())).isPresent();
    }

    @Test
    void aClaimOfSomebodyElseStaysUntilItIsRead() {
        ledger.enterBuilding(MARKER.deployment(), 1);
        store.list("building/", 1).forEach(claim -> store.delete(claim.name(), claim.generation()));
        Ledger other = new Ledger(store, () -> "other", new Backoff(_ -> {}, new Random(1)));
        other.enterBuilding(MARKER.deployment(), 2);

        ledger.leaveBuilding(MARKER.deployment());
        assertThat(ledger.building()).containsExactly(MARKER.deployment());

        ledger.leaveBuilding(MARKER.deployment());
        assertThat(ledger.building()).isEmpty();
    }

    @Test
    void whatSomebodyElseDeletedIsGone() {
        ledger.mark(MARKER);
        ledger.unmark(MARKER.deployment());

        assertThatCode(() -> ledger.unmark(MARKER.deployment())).doesNotThrowAnyException();
        assertThatCode(() -> ledger.leaveBuilding(MARKER.deployment())).doesNotThrowAnyException();
    }

    /** Whatever is read is deleted and created anew before the reader acts on it. */
    private record Overtaken(InMemoryObjectStore store) implements ObjectStore {
        @Override
        public Optional<Stored> get(String name) {
            Optional<Stored> read = store.get(name);
            read.ifPresent(
                    stored -> {
                        store.delete(name, stored.generation());
                        store.create(name, stored.body());
                    });
            return read;
        }

        @Override
        public Write create(String name, byte[] body) {
            return store.create(name, body);
        }

        @Override
        public Write swap(String name, long generation, byte[] body) {
            return store.swap(name, generation, body);
        }

        @Override
        public boolean delete(String name, long generation) {
            return store.delete(name, generation);
        }

        @Override
        public List<Listed> list(String prefix, int atMost) {
            return store.list(prefix, atMost);
        }
    }
}
