package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.Endpoints;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerAccessTest {
    private static final ServiceKey HELLO =
            new ServiceKey("europe-west1", new ServiceName("hello"));

    private final Cloud cloud =
            new Cloud.Local(
                    new Endpoints(
                            "p",
                            1,
                            "slipway",
                            "europe-west1",
                            List.of("europe-west1"),
                            "",
                            "drop",
                            "ledger",
                            null,
                            List.of(),
                            Map.of()));
    private final InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.EPOCH);
    private final Ledger ledger =
            new Ledger(store, () -> "token", new Backoff(_ -> {}, new Random(1)));

    @Test
    void tellsWhereThatIsWhichAnObjectThatDoesNotParseWasBefore() {
        store.create("services/" + HELLO, new byte[] {'{'});

        Problem problem =
                catchThrowableOfType(
                        Problem.class,
                        () -> LedgerAccess.to(cloud, "services/", () -> ledger.service(HELLO)));

        assertThat(problem.message())
                .contains("the ledger's object services/europe-west1/hello does not parse");
        assertThat(problem.nextStep())
                .isEqualTo(
                        "Mend it first: gcloud storage ls -a"
                                + " gs://ledger/services/europe-west1/hello"
                                + " lists what it was before.");
    }
}
