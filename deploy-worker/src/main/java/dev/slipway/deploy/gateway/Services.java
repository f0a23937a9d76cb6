package dev.slipway.deploy.gateway;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.decide.ServicePlan;
import dev.slipway.deploy.decide.ServiceSeen;
import dev.slipway.kit.GatewayException;
import java.util.Map;
import java.util.Optional;

/**
 * Services that run somewhere else. A write returns once it is accepted; how it goes on is seen by
 * reading.
 *
 * <p>Every method throws {@link GatewayException} if the platform could not be asked or said no;
 * its kind says whether asking again helps. After a {@code TRANSIENT} failure of a write it may
 * have been accepted, so read before writing again. A write whose etag is no longer the service's
 * fails as {@code CONFLICT} and changes nothing.
 */
public interface Services {
    /**
     * The service and its revisions; {@code REFUSED} where what stands on it does not parse as
     * ours.
     */
    Optional<ServiceSeen> get(ServiceKey service);

    /**
     * Creates the service with this revision and all traffic on it; {@code ALREADY_EXISTS} where
     * there is one.
     */
    void create(ServicePlan plan, Map<String, String> annotations);

    /**
     * Gives the service this revision as its template and all traffic to it; what serves goes on
     * serving until the revision is ready.
     *
     * @param annotations all that the service is to have
     */
    void deploy(ServicePlan plan, String etag, Map<String, String> annotations);

    /**
     * Gives all traffic to a revision that is there, and touches no template.
     *
     * @param annotations all that the service is to have
     * @param access who may call; empty leaves that as it is
     */
    void route(
            ServiceKey service,
            String etag,
            Map<String, String> annotations,
            String revision,
            Optional<Access> access);

    /**
     * Writes annotations, and touches neither template nor traffic.
     *
     * @param annotations all that the service is to have
     */
    void mark(ServiceKey service, String etag, Map<String, String> annotations);

    /** Deletes the service; harmless where it is not there. */
    void delete(ServiceKey service, String etag);
}
