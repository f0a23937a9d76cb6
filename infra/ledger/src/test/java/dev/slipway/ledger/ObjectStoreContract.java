package dev.slipway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store keeps to; the in-memory one and Cloud Storage inherit it. */
public abstract class ObjectStoreContract {
    private static final byte[] ONE = "{\"n\":1}".getBytes(UTF_8);
    private static final byte[] TWO = "{\"n\":2}".getBytes(UTF_8);

    private final String name = "contract/" + UUID.randomUUID();

    /** The store under test; its content may be older than the test. */
    protected abstract ObjectStore store();

    @Test
    void whatWasCreatedIsRead() {
        ObjectStore.Written written = written(store().create(name, ONE));

        ObjectStore.Stored read = store().get(name).orElseThrow();

        assertThat(read.body()).isEqualTo(ONE);
        assertThat(read.generation()).isEqualTo(written.generation());
        assertThat(read.updated()).isCloseTo(written.updated(), within(1, ChronoUnit.SECONDS));
    }

    @Test
    void anAbsentObjectIsEmpty() {
        assertThat(store().get(name)).isEmpty();
    }

    @Test
    void aSecondCreateConflictsAndChangesNothing() {
        store().create(name, ONE);

        assertThat(store().create(name, TWO)).isEqualTo(new ObjectStore.Conflict());

        assertThat(store().get(name).orElseThrow().body()).isEqualTo(ONE);
    }

    @Test
    void aSwapOnTheReadGenerationReplacesTheObject() {
        long first = written(store().create(name, ONE)).generation();

        long second = written(store().swap(name, first, TWO)).generation();

        assertThat(second).isGreaterThan(first);
        assertThat(store().get(name).orElseThrow().body()).isEqualTo(TWO);
    }

    @Test
    void aSwapOnAnOlderGenerationConflicts() {
        long first = written(store().create(name, ONE)).generation();
        store().swap(name, first, TWO);

        assertThat(store().swap(name, first, ONE)).isEqualTo(new ObjectStore.Conflict());

        assertThat(store().get(name).orElseThrow().body()).isEqualTo(TWO);
    }

    @Test
    void aSwapOfAnAbsentObjectConflicts() {
        assertThat(store().swap(name, 12345, ONE)).isEqualTo(new ObjectStore.Conflict());
        assertThat(store().get(name)).isEmpty();
    }

    @Test
    void aDeleteNeedsTheGenerationThatStands() {
        long first = written(store().create(name, ONE)).generation();
        long second = written(store().swap(name, first, TWO)).generation();

        assertThat(store().delete(name, first)).isFalse();
        assertThat(store().delete(name, second)).isTrue();
        assertThat(store().delete(name, second)).isFalse();
        assertThat(store().get(name)).isEmpty();
    }

    @Test
    void aNameIsReadAsItWasWritten() {
        String odd = name + "/ä +%/?#&;=\u2026 b";
        store().create(odd, ONE);

        assertThat(store().get(odd).orElseThrow().name()).isEqualTo(odd);
    }

    @Test
    void aNameCanBeCreatedAgainAfterItsDeletion() {
        long first = written(store().create(name, ONE)).generation();
        store().delete(name, first);

        long second = written(store().create(name, TWO)).generation();

        assertThat(second).isGreaterThan(first);
    }

    @Test
    void aListHasExactlyThePrefixInOrder() {
        IntStream.of(3, 1, 2).forEach(n -> store().create(name + "/" + n, ONE));
        store().create(name + "-beside", ONE);

        assertThat(store().list(name + "/", 100))
                .extracting(ObjectStore.Listed::name)
                .containsExactly(name + "/1", name + "/2", name + "/3");
        assertThat(store().list(name + "/", 2)).hasSize(2);
    }

    private static ObjectStore.Written written(ObjectStore.Write write) {
        assertThat(write).isInstanceOf(ObjectStore.Written.class);
        return (ObjectStore.Written) write;
    }
}
