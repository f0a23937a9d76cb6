package dev.slipway.upload.gateway;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.upload.decide.OperatorStaging;
import java.util.List;
import org.jspecify.annotations.Nullable;

class InMemoryStagingTest extends StagingContract {
    private final InMemoryStaging staging = new InMemoryStaging();

    @Override
    protected Staging staging(OperatorStaging operator) {
        staging.obey(operator);
        return staging;
    }

    @Override
    protected void make(String bucket, @Nullable String key) {
        staging.make(bucket, "us-central1", key);
    }

    @Override
    protected List<String> buckets(String prefix) {
        return staging.buckets().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    @Override
    protected byte[] read(ObjectVersion version) {
        return staging.read(version);
    }

    @Override
    protected String region(String bucket) {
        return staging.region(bucket);
    }

    @Override
    protected void makeWithRetention(String bucket) {
        make(bucket, null);
        staging.makeUnusable(bucket);
    }
}
