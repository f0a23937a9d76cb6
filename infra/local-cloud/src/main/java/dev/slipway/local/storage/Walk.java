package dev.slipway.local.storage;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A walk through a bucket's generations by position: live ones, and noncurrent ones if wanted. */
final class Walk {
    private final Journal journal;
    private final Listing listing;
    private final String prefix;
    private Iterator<Map.Entry<String, byte[]>> live = Collections.emptyIterator();
    private Iterator<Map.Entry<String, byte[]>> noncurrent = Collections.emptyIterator();
    private @Nullable ObjectVersion nextLive;
    private @Nullable ObjectVersion nextNoncurrent;

    Walk(Journal journal, Listing listing) {
        this.journal = journal;
        this.listing = listing;
        this.prefix = Keys.sortable(listing.prefix());
        skip(listing.from());
    }

    /** Goes on from a position that is ahead. */
    void skip(String position) {
        String from = position.compareTo(prefix) > 0 ? position : prefix;
        live = journal.entries(Keys.live(listing.bucket()), Keys.nameOf(from));
        nextLive = read(live);
        while (nextLive != null && positionOf(nextLive).compareTo(from) < 0) {
            nextLive = read(live);
        }
        if (listing.versions()) {
            noncurrent = journal.entries(Keys.noncurrent(listing.bucket()), from);
            nextNoncurrent = read(noncurrent);
        }
    }

    boolean hasNext() {
        return nextLive != null || nextNoncurrent != null;
    }

    /** Where the next one stands. */
    String position() {
        return positionOf(first());
    }

    ObjectVersion next() {
        ObjectVersion first = first();
        if (standsAt(nextLive, first)) {
            nextLive = read(live);
        }
        if (standsAt(nextNoncurrent, first)) {
            nextNoncurrent = read(noncurrent);
        }
        return first;
    }

    /** A generation that just became noncurrent may be met as both. */
    private static boolean standsAt(@Nullable ObjectVersion one, ObjectVersion other) {
        return one != null && positionOf(one).equals(positionOf(other));
    }

    private ObjectVersion first() {
        ObjectVersion one = nextLive;
        ObjectVersion other = nextNoncurrent;
        if (one == null) {
            return Objects.requireNonNull(other, "the walk is at its end");
        }
        return other == null || positionOf(one).compareTo(positionOf(other)) < 0 ? one : other;
    }

    private static String positionOf(ObjectVersion version) {
        return Keys.position(version.name(), version.generation());
    }

    private @Nullable ObjectVersion read(Iterator<Map.Entry<String, byte[]>> entries) {
        if (!entries.hasNext()) {
            return null;
        }
        ObjectVersion next = Json.read(entries.next().getValue(), ObjectVersion.class);
        String name = Keys.sortable(next.name());
        boolean within =
                name.startsWith(prefix)
                        && (listing.until().isEmpty() || name.compareTo(listing.until()) < 0);
        return within ? next : null;
    }
}
