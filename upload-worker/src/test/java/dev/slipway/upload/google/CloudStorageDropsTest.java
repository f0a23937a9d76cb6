package dev.slipway.upload.google;

import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import dev.slipway.contracts.Topology;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract on Google's own client, against answers in Google's shapes. */
class CloudStorageDropsTest extends CloudStorageDropsContract {
    private final StorageStandIn standIn;
    private final Storage storage;

    CloudStorageDropsTest() throws IOException {
        standIn = new StorageStandIn();
        storage = standIn.storage();
    }

    @BeforeEach
    void makeTheBucket() {
        storage.create(BucketInfo.of(topology().bucket("drop").name()));
    }

    @AfterEach
    void stop() throws Exception {
        storage.close();
        standIn.close();
    }

    @Override
    protected Storage storage() {
        return storage;
    }

    @Override
    protected Topology topology() {
        return Topology.of("p", "inst");
    }
}
