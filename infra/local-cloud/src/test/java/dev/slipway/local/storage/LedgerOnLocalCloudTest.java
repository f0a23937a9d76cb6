package dev.slipway.local.storage;

import com.google.cloud.storage.BucketInfo;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.ObjectStoreContract;
import dev.slipway.ledger.google.CloudStorageObjectStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger asks of every store, kept by Google's client on the local cloud. */
class LedgerOnLocalCloudTest extends ObjectStoreContract {
    @TempDir static Path home;
    private static GivenStorage given;
    private static ObjectStore store;

    @BeforeAll
    static void start() {
        given = new GivenStorage(home);
        given.client().create(BucketInfo.newBuilder("ledger").setVersioningEnabled(true).build());
        store = new CloudStorageObjectStore(given.client(), "ledger");
    }

    @AfterAll
    static void stop() {
        given.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
    }
}
