package dev.slipway.deploy.gateway;

class InMemoryTriggersTest extends TriggersContract {
    private final InMemoryTriggers triggers = new InMemoryTriggers();

    @Override
    protected Triggers triggers() {
        return triggers;
    }

    @Override
    protected void topic(String name) {
        triggers.addTopic(name);
    }

    @Override
    protected void bucket(String name, String location) {
        triggers.addBucket(name, location);
    }
}
