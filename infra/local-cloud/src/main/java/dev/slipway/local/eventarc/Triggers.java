package dev.slipway.local.eventarc;

import com.google.cloud.eventarc.v1.Trigger;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.local.State;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.h2.mvstore.MVMap;

/** The triggers and what was made for them, kept over restarts under their full names. */
final class Triggers {
    private final MVMap<String, byte[]> triggers;
    private final MVMap<String, byte[]> made;

    Triggers(State state) {
        this.triggers = state.map("eventarc.triggers");
        this.made = state.map("eventarc.made");
    }

    Optional<Trigger> find(String name) {
        return Optional.ofNullable(triggers.get(name)).map(Triggers::parse);
    }

    Made made(Trigger trigger) {
        return Made.read(Objects.requireNonNull(made.get(trigger.getName())));
    }

    void put(Trigger trigger, Made with) {
        made.put(trigger.getName(), with.write());
        triggers.put(trigger.getName(), trigger.toByteArray());
    }

    void remove(Trigger trigger) {
        triggers.remove(trigger.getName());
        made.remove(trigger.getName());
    }

    List<Trigger> all() {
        return triggers.values().stream().map(Triggers::parse).toList();
    }

    int count(String prefix) {
        return page(prefix, "", Integer.MAX_VALUE).size();
    }

    /**
     * Some triggers by name.
     *
     * @param prefix of the full names
     * @param after the last name of the page before, or empty
     */
    List<Trigger> page(String prefix, String after, int most) {
        List<Trigger> page = new ArrayList<>();
        Iterator<String> names = triggers.keyIterator(after.isEmpty() ? prefix : after);
        while (names.hasNext() && page.size() < most) {
            String name = names.next();
            if (!name.startsWith(prefix)) {
                break;
            }
            if (!name.equals(after)) {
                find(name).ifPresent(page::add);
            }
        }
        return page;
    }

    private static Trigger parse(byte[] bytes) {
        try {
            return Trigger.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored trigger does not parse", e);
        }
    }
}
