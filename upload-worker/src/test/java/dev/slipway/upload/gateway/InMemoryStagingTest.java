package dev.slipway.upload.gateway;

import dev.slipway.contracts.ObjectVersion;

class InMemoryStagingTest extends StagingContract {
    private final InMemoryStaging staging = new InMemoryStaging();

    @Override
    protected Staging staging() {
        return staging;
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
        staging.makeUnusable(bucket);
    }
}
