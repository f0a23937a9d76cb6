package dev.slipway.kit;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer.Outcome;
import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.RequestKind;
import dev.slipway.contracts.RequestName;
import dev.slipway.contracts.Shown;
import dev.slipway.contracts.UnreadableEvent;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.RequestRecord.End;
import dev.slipway.ledger.Versioned;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What people ask of services, from the object they ask with to the answer beside it: marker,
 * record, effect, record, answer; and last the marker goes.
 */
public final class Requests {
    private static final Logger LOG = Logger.getLogger(Requests.class);

    private final Ledger ledger;
    private final String bucket;
    private final Set<RequestKind> mine;
    private final MeterRegistry meters;

    /**
     * Requests in this ledger.
     *
     * @param bucket the ledger's, by its name
     * @param mine the kinds that this worker takes up
     */
    public Requests(Ledger ledger, String bucket, Set<RequestKind> mine, MeterRegistry meters) {
        this.ledger = ledger;
        this.bucket = bucket;
        this.mine = Set.copyOf(mine);
        this.meters = meters;
    }

    /** What an object came to. */
    public sealed interface Taken {
        /** It is no request of this worker's, or is gone. */
        record Nothing() implements Taken {}

        /** It has a record. */
        record Open(Versioned<RequestRecord> record) implements Taken {}
    }

    /** Takes up what a notice tells of. What has a record is never marked again: it may be over. */
    public Taken take(RequestNotice notice) {
        Optional<RequestName> name = RequestName.parse(notice.version().object());
        if (!notice.created() || !notice.version().bucket().equals(bucket) || name.isEmpty()) {
            return new Taken.Nothing();
        }
        return known(DeploymentId.of(notice.version()))
                .orElseGet(() -> begin(notice.version(), name.get()));
    }

    /**
     * Puts the request back to work whose marker a sweep has found; empty where it is a drop's, or
     * another worker's, or does not stand still.
     */
    public Optional<Versioned<RequestRecord>> resume(
            DeploymentId request, Instant now, Duration unchangedFor) {
        return ledger.marker(request)
                .map(marker -> resume(marker.value()))
                .filter(Taken.Open.class::isInstance)
                .map(Taken.Open.class::cast)
                .flatMap(open -> inject(open.record(), now, unchangedFor));
    }

    private Taken resume(Marker marker) {
        Optional<RequestName> name = RequestName.parse(marker.object());
        if (!marker.bucket().equals(bucket) || name.isEmpty()) {
            return new Taken.Nothing();
        }
        return known(marker.deployment())
                .orElseGet(
                        () ->
                                ledger.requestObject(marker.drop())
                                        .map(stored -> read(marker, name.get(), stored.body()))
                                        .orElseGet(() -> gone(marker, name.get())));
    }

    private Optional<Taken> known(DeploymentId request) {
        return ledger.request(request)
                .filter(read -> isMine(read.value().kind()))
                .map(Taken.Open::new);
    }

    private boolean isMine(@Nullable RequestKind kind) {
        return kind == null ? refusesUnreadable() : mine.contains(kind);
    }

    private static Optional<RequestKind> kind(byte[] body) {
        try {
            return Optional.of(Request.parse(body).kind());
        } catch (UnreadableEvent _) {
            return Optional.empty();
        }
    }

    private Taken begin(ObjectVersion version, RequestName name) {
        Optional<ObjectStore.Stored> stored = ledger.requestObject(version);
        if (stored.isEmpty()) {
            LOG.warnf("request=%s is gone before it was read", Shown.of(version.object()));
            return new Taken.Nothing();
        }
        if (!isMine(stored.get().body())) {
            return new Taken.Nothing();
        }
        Order order = Order.of(version, stored.get().updated().toEpochMilli());
        Marker marker = ledger.mark(Marker.of(order)).value();
        return read(marker, name, stored.get().body());
    }

    private boolean isMine(byte[] body) {
        return kind(body).map(mine::contains).orElseGet(this::refusesUnreadable);
    }

    /** One worker does. */
    private boolean refusesUnreadable() {
        return mine.contains(RequestKind.ROLLBACK);
    }

    private Taken read(Marker marker, RequestName name, byte[] body) {
        try {
            Request request = Request.parse(body);
            if (!mine.contains(request.kind())) {
                return new Taken.Nothing();
            }
            return new Taken.Open(ledger.begin(received(marker, name, request)));
        } catch (UnreadableEvent e) {
            return refusesUnreadable()
                    ? unreadable(marker, name, String.valueOf(e.getMessage()))
                    : new Taken.Nothing();
        }
    }

    private static RequestRecord received(Marker marker, RequestName name, Request request) {
        return RequestRecord.received(
                marker,
                name.service(),
                request.kind(),
                request.revision(),
                request.deployment(),
                request.dryRun(),
                request.correlation());
    }

    private Taken gone(Marker marker, RequestName name) {
        return refusesUnreadable()
                ? unreadable(marker, name, "it was deleted before it was read")
                : new Taken.Nothing();
    }

    /** It gets a record that is over, so that nobody takes it up again. */
    private Taken unreadable(Marker marker, RequestName name, String why) {
        End end =
                End.refused(
                        Refusal.UNREADABLE_REQUEST, "The request is not understood: " + why + ".");
        RequestRecord refused =
                RequestRecord.received(marker, name.service(), null, null, null, false, null)
                        .finished(end);
        boolean _ = isOver(ledger.begin(refused));
        return new Taken.Nothing();
    }

    /**
     * The first line of every handler: whether the request is over. One that is over and still has
     * a marker is told again.
     */
    public boolean isOver(Versioned<RequestRecord> read) {
        if (!read.value().isDone()) {
            return false;
        }
        if (ledger.marker(read.value().request()).isPresent()) {
            tell(read.value());
        }
        return true;
    }

    /**
     * Ends the request exactly in the state that was read; false where somebody else changed the
     * record first.
     */
    public boolean end(Versioned<RequestRecord> read, End end) {
        RequestRecord finished = read.value().finished(end);
        if (becameDeployment(finished, end)) {
            show(finished); // until the deployment ends nobody comes back for one that is over
        }
        Optional<Versioned<RequestRecord>> done = ledger.swap(read, finished);
        done.ifPresent(written -> tell(written.value()));
        return done.isPresent();
    }

    private void tell(RequestRecord done) {
        show(done);
        End end = Objects.requireNonNull(done.end());
        if (!becameDeployment(done, end)) {
            ledger.unmark(done.request());
        }
        meters.counter(
                        "slipway.requests",
                        "kind",
                        done.kind() == null ? "unreadable" : done.kind().text(),
                        "outcome",
                        end.outcome().name())
                .increment();
        LOG.infof(
                "request=%s service=%s kind=%s outcome=%s %s",
                done.request(), done.service(), done.kind(), end.outcome(), end.message());
    }

    /** Shows how it stands, beside it. */
    public void show(RequestRecord record) {
        ledger.answerRequest(record.answerName(), record.answer());
    }

    /** The marker is the deployment's then, which has the same id. */
    private static boolean becameDeployment(RequestRecord done, End end) {
        return done.kind() != null && done.kind().deploys() && end.outcome() == Outcome.DONE;
    }

    /** Puts a request back to work that stands still; empty where it does not, or others did. */
    public Optional<Versioned<RequestRecord>> inject(
            Versioned<RequestRecord> read, Instant now, Duration unchangedFor) {
        RequestRecord record = read.value();
        Instant due =
                record.waiting() == null
                        ? read.updated().plus(unchangedFor)
                        : record.waiting().notBefore();
        return now.isBefore(due) ? Optional.empty() : ledger.swap(read, record.injected());
    }
}
