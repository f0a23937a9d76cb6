package dev.slipway.deploy.google;

import dev.slipway.deploy.gateway.Services;
import dev.slipway.deploy.gateway.ServicesContract;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.google.GoogleAccess;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The services' contract, on whatever Google's clients of Cloud Run are pointed to. */
@SuppressWarnings("NullAway.Init") // set before each test
public abstract class CloudRunServicesContract extends ServicesContract {
    private CloudRunServices services;

    /** Where Cloud Run is, and who calls. */
    protected abstract SlipwayConfig config();

    @BeforeEach
    void connect() throws IOException {
        services = new CloudRunServices(config(), new GoogleAccess(config()), "contract");
    }

    @AfterEach
    void disconnect() {
        services.close();
    }

    @Override
    protected Services services() {
        return services;
    }
}
