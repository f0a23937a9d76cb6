package dev.slipway.deploy;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.decide.ServicePlan;
import dev.slipway.deploy.decide.ServiceSeen;
import dev.slipway.deploy.gateway.Services;
import java.util.Map;
import java.util.Optional;

/** Services whose calls are counted. */
record CountedServices(Services services, Calls calls) implements Services {
    private void called(Runnable call) {
        calls.called(
                () -> {
                    call.run();
                    return true;
                });
    }

    @Override
    public Optional<ServiceSeen> get(ServiceKey service) {
        return calls.called(() -> services.get(service));
    }

    @Override
    public void create(ServicePlan plan, Map<String, String> annotations) {
        called(() -> services.create(plan, annotations));
    }

    @Override
    public void deploy(ServicePlan plan, String etag, Map<String, String> annotations) {
        called(() -> services.deploy(plan, etag, annotations));
    }

    @Override
    public void route(
            ServiceKey service,
            String etag,
            Map<String, String> annotations,
            String revision,
            Optional<Access> access) {
        called(() -> services.route(service, etag, annotations, revision, access));
    }

    @Override
    public void mark(ServiceKey service, String etag, Map<String, String> annotations) {
        called(() -> services.mark(service, etag, annotations));
    }

    @Override
    public void delete(ServiceKey service, String etag) {
        called(() -> services.delete(service, etag));
    }
}
