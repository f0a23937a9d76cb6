package dev.slipway.archive.fuzz;

import java.util.Collections;
import java.util.List;
import java.util.Random;

/** All that is random in an archive, from its seed. */
final class Chance {
    private final Random random;

    Chance(long seed) {
        this.random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
    }

    /** True so often. */
    boolean hits(double probability) {
        return random.nextDouble() < probability;
    }

    /** From the first to the last, both among them. */
    int between(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }

    /** Any place before the end. */
    int below(int end) {
        return random.nextInt(end);
    }

    byte anyByte() {
        return (byte) random.nextInt();
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** One of them. */
    @SafeVarargs
    final <T> T of(T... all) {
        return all[random.nextInt(all.length)];
    }

    /** One of them. */
    <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    void shuffle(List<?> all) {
        Collections.shuffle(all, random);
    }
}
