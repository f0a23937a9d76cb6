package dev.slipway.deploy.google;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.longrunning.Operation;
import com.google.rpc.Status;
import dev.slipway.contracts.Shown;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.google.GoogleFailures;
import dev.slipway.ledger.Pause;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Locale;

/** What Eventarc does after it has accepted a write. */
final class EventOperations {
    /** As long as gcloud waits; what takes longer is seen on the trigger itself. */
    private static final Duration AT_MOST = Duration.ofSeconds(20);

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final EventClients clients;
    private final Pause pause;

    EventOperations(EventClients clients, Pause pause) {
        this.clients = clients;
        this.pause = pause;
    }

    /**
     * Waits a moment for an operation to end; whether it did.
     *
     * @throws ApiException if it failed
     */
    boolean await(Operation started) {
        Operation operation = started;
        Duration next = FIRST;
        for (Duration waited = Duration.ZERO;
                !operation.getDone() && waited.compareTo(AT_MOST) < 0;
                waited = waited.plus(next)) {
            pause.pause(next);
            operation = clients.eventarc().getOperationsClient().getOperation(started.getName());
            Duration longer = next.multipliedBy(2);
            next = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        }
        if (operation.hasError()) {
            throw failed(operation.getError());
        }
        return operation.getDone();
    }

    private static ApiException failed(Status error) {
        StatusRuntimeException cause =
                io.grpc.Status.fromCodeValue(error.getCode())
                        .withDescription(error.getMessage())
                        .asRuntimeException();
        return ApiExceptionFactory.createException(
                cause, GrpcStatusCode.of(cause.getStatus().getCode()), false);
    }

    /**
     * A failed call in our words. What Google's own agents may not do yet says {@code
     * FAILED_PRECONDITION} or {@code INVALID_ARGUMENT}, and is a permission that has to spread when
     * Eventarc is first used in a project.
     */
    static GatewayException failure(String tried, ApiException failure) {
        GatewayException kept = GoogleFailures.of(tried, failure);
        return kept.kind() == FailureKind.REFUSED && isAboutAgents(failure)
                ? new GatewayException(
                        FailureKind.DENIED,
                        tried,
                        "Google's own agents may not do it, or not yet: "
                                + Shown.of(String.valueOf(failure.getMessage()), 1000),
                        failure)
                : kept;
    }

    private static boolean isAboutAgents(ApiException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("service agent")
                || (text.contains("service account") && text.contains("unable to publish"));
    }
}
