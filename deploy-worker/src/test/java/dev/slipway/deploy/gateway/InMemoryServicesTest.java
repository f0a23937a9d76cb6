package dev.slipway.deploy.gateway;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.deploy.Given;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import dev.slipway.deploy.decide.ServicePlan;
import dev.slipway.deploy.gateway.InMemoryServices.Fate;

class InMemoryServicesTest extends ServicesContract {
    private final InMemoryServices services = new InMemoryServices();

    InMemoryServicesTest() {
        services.decideStarts(
                plan ->
                        plan.image().startsWith("failing")
                                ? new Fate.Fails(Failure.Cause.CONTAINER, "it exited")
                                : new Fate.Starts());
    }

    @Override
    protected Services services() {
        return services;
    }

    @Override
    protected ServicePlan starting(ServiceKey service, String revision) {
        return Given.plan(service, revision, "image@" + Given.digest("image"));
    }

    @Override
    protected ServicePlan failing(ServiceKey service, String revision) {
        return Given.plan(service, revision, "failing@" + Given.digest("image"));
    }
}
