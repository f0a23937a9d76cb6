package dev.slipway.build.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kit.GatewayException;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link ImageRepositories} does, the model included. */
public abstract class ImageRepositoriesContract {
    /** The one under test. */
    protected abstract ImageRepositories repositories();

    /** One more on the same repositories, that has seen none of them. */
    protected abstract ImageRepositories another() throws Exception;

    /** How many repositories of this name there are in this region. */
    protected abstract long count(String region, String repository) throws Exception;

    @Test
    void aRepositoryIsThereAfterwards() throws Exception {
        repositories().ensure("europe-west1", "contract-one");

        assertThat(count("europe-west1", "contract-one")).isOne();
        assertThat(count("us-central1", "contract-one")).isZero();
    }

    @Test
    void askingAgainChangesNothing() throws Exception {
        repositories().ensure("europe-west1", "contract-again");
        repositories().ensure("europe-west1", "contract-again");
        another().ensure("europe-west1", "contract-again");

        assertThat(count("europe-west1", "contract-again")).isOne();
    }

    @Test
    void oneThatCannotBeIsRefused() {
        assertThatThrownBy(() -> repositories().ensure("europe-west1", "No Repository"))
                .isInstanceOf(GatewayException.class);
    }
}
