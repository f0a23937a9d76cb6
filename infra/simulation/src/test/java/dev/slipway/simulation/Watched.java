package dev.slipway.simulation;

import dev.slipway.contracts.Json;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.RequestRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The ledger's store, where everybody's writes of records are looked at. */
record Watched(ObjectStore store, Watchdog watchdog) implements ObjectStore {
    private static final String RECORDS = "deployments/";
    private static final String MARKERS = "open/";
    private static final String REQUESTS = "requested/";

    @Override
    public Optional<Stored> get(String name) {
        return store.get(name);
    }

    @Override
    public Write create(String name, byte[] body) {
        Write write = store.create(name, body);
        if (write instanceof Written && name.startsWith(MARKERS)) {
            watchdog.markerWritten(name.substring(MARKERS.length()));
        }
        if (write instanceof Written && (name.startsWith(RECORDS) || name.startsWith(REQUESTS))) {
            watchdog.recordBegun(name.substring(name.indexOf('/') + 1));
        }
        return told(name, body, write);
    }

    @Override
    public Write swap(String name, long generation, byte[] body) {
        return told(name, body, store.swap(name, generation, body));
    }

    private Write told(String name, byte[] body, Write write) {
        if (write instanceof Written && name.startsWith(RECORDS)) {
            watchdog.written(parse(name, body, DeploymentRecord.class));
        }
        if (write instanceof Written && name.startsWith(REQUESTS)) {
            watchdog.written(parse(name, body, RequestRecord.class));
        }
        return write;
    }

    private static <T> T parse(String name, byte[] body, Class<T> kind) {
        try {
            return Json.read(body, kind);
        } catch (IOException e) {
            throw new Violation("I9", name + " does not parse: " + e.getMessage());
        }
    }

    @Override
    public boolean delete(String name, long generation) {
        boolean deleted = store.delete(name, generation);
        if (deleted && name.startsWith(MARKERS)) {
            watchdog.markerDeleted(name.substring(MARKERS.length()));
        }
        return deleted;
    }

    @Override
    public List<Listed> list(String prefix, int atMost) {
        return store.list(prefix, atMost);
    }
}
