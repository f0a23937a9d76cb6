package dev.slipway.ledger;

import java.time.InstantSource;

class InMemoryObjectStoreTest extends ObjectStoreContract {
    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());

    @Override
    protected ObjectStore store() {
        return store;
    }
}
