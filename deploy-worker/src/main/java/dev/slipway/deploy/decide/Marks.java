package dev.slipway.deploy.decide;

import dev.slipway.contracts.manifest.Access;
import dev.slipway.ledger.Order;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What Slipway keeps on a Cloud Run service, in annotations that are written only under the
 * service's etag. From DEPLOYING on they decide, not the record.
 *
 * @param order the fence: who may write is not below it
 * @param closed who may never get traffic again
 * @param live the name of the revision that negative verdicts fall back to
 * @param held whether deployments wait
 * @param installation whose service it is
 * @param accessBefore who might call before this installation took the service over; absent where
 *     it made it, or nothing of then is fallen back to any more
 */
public record Marks(
        @Nullable Order order,
        @Nullable Order closed,
        @Nullable String live,
        @Nullable Held held,
        @Nullable String installation,
        @Nullable Access accessBefore) {
    /** Nothing is marked. */
    public static final Marks NONE = new Marks(null, null, null, null, null);

    private static final String ORDER = "slipway.dev/order";
    private static final String CLOSED = "slipway.dev/closed";
    private static final String LIVE = "slipway.dev/live";
    private static final String HELD = "slipway.dev/held";
    private static final String INSTALLATION = "slipway.dev/installation";
    private static final String ACCESS_BEFORE = "slipway.dev/access-before";

    /** The marks of a service that was not taken over. */
    public Marks(
            @Nullable Order order,
            @Nullable Order closed,
            @Nullable String live,
            @Nullable Held held,
            @Nullable String installation) {
        this(order, closed, live, held, installation, null);
    }

    /**
     * The marks among these annotations.
     *
     * @throws IllegalArgumentException if one of ours does not parse; such a service is left alone
     */
    public static Marks of(Map<String, String> annotations) {
        return new Marks(
                order(annotations, ORDER),
                order(annotations, CLOSED),
                annotations.get(LIVE),
                Optional.ofNullable(annotations.get(HELD)).map(Held::parse).orElse(null),
                annotations.get(INSTALLATION),
                Optional.ofNullable(annotations.get(ACCESS_BEFORE))
                        .map(Access::valueOf)
                        .orElse(null));
    }

    static @Nullable Order order(Map<String, String> annotations, String name) {
        return Optional.ofNullable(annotations.get(name)).map(Order::parse).orElse(null);
    }

    /** These annotations with the marks as they are here; everybody else's stay. */
    public Map<String, String> on(Map<String, String> annotations) {
        Map<String, String> marked = new TreeMap<>(annotations);
        put(marked, ORDER, order == null ? null : order.text());
        put(marked, CLOSED, closed == null ? null : closed.text());
        put(marked, LIVE, live);
        put(marked, HELD, held == null ? null : held.text());
        put(marked, INSTALLATION, installation);
        put(marked, ACCESS_BEFORE, accessBefore == null ? null : accessBefore.name());
        return marked;
    }

    private static void put(Map<String, String> marked, String name, @Nullable String value) {
        if (value == null) {
            marked.remove(name);
        } else {
            marked.put(name, value);
        }
    }

    /** The same with the fence raised to this order, and what is live settled. */
    Marks fenced(Order mine, @Nullable String settledLive, String ours) {
        Order fence = order == null || mine.newerThan(order) ? mine : order;
        return new Marks(fence, closed, settledLive, held, ours, accessBefore);
    }

    /** The same with this order closed. */
    Marks closing(Order mine) {
        return new Marks(order, mine, live, held, installation, accessBefore);
    }

    /** The same, held or released. */
    Marks holding(Held now) {
        return new Marks(order, closed, live, now, installation, accessBefore);
    }

    /** The same, remembering who might call before. */
    Marks after(@Nullable Access before) {
        return new Marks(order, closed, live, held, installation, before);
    }
}
