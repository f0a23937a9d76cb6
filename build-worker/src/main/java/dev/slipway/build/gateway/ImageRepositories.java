package dev.slipway.build.gateway;

import dev.slipway.kit.GatewayException;

/** Where images are kept. */
public interface ImageRepositories {
    /**
     * Returns once the repository is there; creates it where it is not. Asking again is harmless
     * and cheap.
     *
     * @throws GatewayException if it can neither be found nor created
     */
    void ensure(String region, String repository);
}
