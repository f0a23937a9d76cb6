package dev.slipway.upload.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.upload.decide.Drop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every implementation of {@link Drops} does, the model included. The bucket keeps noncurrent
 * generations; it may hold other objects than these tests'.
 */
public abstract class DropsContract {
    /** The one under test. */
    protected abstract Drops drops();

    /** Uploads an object. */
    protected abstract ObjectVersion put(
            String object, byte[] content, @Nullable String correlation);

    /** Removes one generation for good. */
    protected abstract void remove(ObjectVersion version);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ObjectVersion put(String object, String content) {
        return put(object, bytes(content), null);
    }

    private List<ObjectVersion> createdSince(long timeCreated) {
        List<ObjectVersion> found = new ArrayList<>();
        drops().createdSince(timeCreated, drop -> found.add(drop.version()));
        return found;
    }

    private Drop find(ObjectVersion version) {
        return drops().find(version).orElseThrow();
    }

    @Test
    void findsWhatStorageSaysOfAGeneration() {
        ObjectVersion version = put("contract/facts.zip", bytes("12345"), "build-7");

        Drop drop = find(version);

        assertThat(drop.version()).isEqualTo(version);
        assertThat(drop.size()).isEqualTo(5);
        assertThat(drop.correlation()).isEqualTo("build-7");
        assertThat(drop.timeCreated()).isPositive();
    }

    @Test
    void findsAGenerationThatIsNotCurrentAnyMore() {
        ObjectVersion first = put("contract/versions.zip", "first");
        ObjectVersion second = put("contract/versions.zip", "second!");

        assertThat(find(first).size()).isEqualTo(5);
        assertThat(drops().current("contract/versions.zip").orElseThrow().version())
                .isEqualTo(second);
    }

    @Test
    void whatIsGoneIsNotFound(@TempDir Path folder) {
        ObjectVersion version = put("contract/gone.zip", "gone");
        Drop drop = find(version);
        remove(version);

        assertThat(drops().find(version)).isEmpty();
        assertThat(drops().current("contract/gone.zip")).isEmpty();
        assertThat(drops().fetch(drop, folder.resolve("gone"))).isFalse();
    }

    @Test
    void fetchesExactlyTheGeneration(@TempDir Path folder) throws IOException {
        ObjectVersion first = put("contract/fetched.zip", "first");
        put("contract/fetched.zip", "second!");

        assertThat(drops().fetch(find(first), folder.resolve("first"))).isTrue();

        assertThat(Files.readString(folder.resolve("first"))).isEqualTo("first");
    }

    @Test
    void showsAllGenerationsSinceATimeAndNoAnswers() {
        ObjectVersion first = put("contract/zz.zip", "first");
        ObjectVersion second = put("contract/zz.zip", "second!");
        ObjectVersion last = put("zz-contract.zip", "last");
        ObjectVersion answer = put("status/contract/zz.zip.json", "{}");
        long created = find(first).timeCreated();

        assertThat(createdSince(created))
                .contains(first, second, last)
                .doesNotContain(answer)
                .doesNotHaveDuplicates();
        assertThat(createdSince(created + Duration.ofHours(1).toMillis()))
                .doesNotContain(first, second, last);
    }
}
