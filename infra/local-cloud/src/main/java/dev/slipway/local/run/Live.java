package dev.slipway.local.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Every process that runs now; after {@link #close} none, and none can be added. */
final class Live implements AutoCloseable {
    private final ProcessNotes notes;
    private final Map<Instance, String> instances = new ConcurrentHashMap<>();
    private boolean closed;

    Live(ProcessNotes notes) {
        this.notes = notes;
    }

    /**
     * Notes a revision's instance until its process ends; false, and it is killed, where all has to
     * end.
     */
    synchronized boolean add(String uid, Instance instance) {
        if (closed) {
            instance.kill();
            return false;
        }
        instances.put(instance, uid);
        notes.started(instance.process().toHandle());
        var _ = instance.process().onExit().thenRun(() -> remove(instance));
        return true;
    }

    /** Kills what runs of a revision, also what is only starting. */
    void kill(String uid) {
        instances.forEach(
                (instance, revision) -> {
                    if (revision.equals(uid)) {
                        instance.kill();
                    }
                });
    }

    /** Whether all has to end: a start that fails now says nothing about what was started. */
    synchronized boolean closed() {
        return closed;
    }

    private synchronized void remove(Instance instance) {
        instances.remove(instance);
        if (!closed) {
            notes.ended(instance.process().toHandle());
        }
    }

    @Override
    public void close() {
        List<Instance> running;
        synchronized (this) {
            closed = true;
            running = List.copyOf(instances.keySet());
        }
        running.forEach(Instance::kill);
        running.forEach(instance -> instance.process().onExit().join());
        running.forEach(instance -> notes.ended(instance.process().toHandle()));
    }
}
