package dev.slipway.deploy.gateway;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.decide.Marks;
import dev.slipway.deploy.decide.RevisionSeen;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import dev.slipway.deploy.decide.RevisionSeen.State;
import dev.slipway.deploy.decide.ServicePlan;
import dev.slipway.deploy.decide.ServiceSeen;
import dev.slipway.deploy.decide.ServiceSeen.Progress;
import dev.slipway.deploy.decide.ServiceSeen.Share;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The model of Cloud Run: a write changes the spec at once; the status follows some reads later,
 * and only where the revision that is to serve is ready. Deleting takes as long.
 */
public final class InMemoryServices implements Services {
    /** How the start of a revision goes. */
    public sealed interface Fate {
        /** It becomes ready. */
        record Starts() implements Fate {}

        /** It fails. */
        record Fails(Failure.Cause cause, String message) implements Fate {}
    }

    private record Kept(ServicePlan plan, State state, @Nullable Failure failure) {}

    private static final class Running {
        private final Map<String, Kept> revisions = new LinkedHashMap<>();
        private Map<String, String> annotations = Map.of();
        private String template = "";
        private String wanted = "";
        private @Nullable String serving;
        private Progress progress = Progress.SETTLING;
        private Access access = Access.PRIVATE;
        private boolean deleting;
        private int readsLeft;
        private final Deque<String> behind = new ArrayDeque<>();
        private long etag;
    }

    private final Map<ServiceKey, Running> services = new LinkedHashMap<>();
    private final List<FailureKind> refusals = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private Function<ServicePlan, Fate> fates = _ -> new Fate.Starts();
    private @Nullable FailureKind unreadable;
    private boolean etagFollowsStatus;
    private @Nullable Consumer<ServiceKey> written;
    private int settlesAfter = 2;
    private int lostAnswers;
    private long etags;

    /** Decides how revisions start from now on. */
    public void decideStarts(Function<ServicePlan, Fate> decides) {
        fates = decides;
    }

    /** How many reads after a write still show the status of before. */
    public void settleAfter(int reads) {
        settlesAfter = reads;
    }

    /**
     * From now on the status follows only when {@link #settle} is called.
     *
     * @param listener hears of every write that is accepted
     */
    public void settleWhenTold(Consumer<ServiceKey> listener) {
        written = listener;
    }

    /**
     * Lets the status follow by one write, if the service is there: what one write after the other
     * wanted is carried out in turn.
     */
    public void settle(ServiceKey service) {
        Running running = services.get(service);
        if (running == null) {
            return;
        }
        String next = running.behind.pollFirst();
        if (running.behind.isEmpty() || next == null) {
            settle(service, running);
            return;
        }
        running.revisions.computeIfPresent(next, (_, kept) -> decided(kept));
        if (isReady(running, next)) {
            serve(service, running, next);
        }
        if (etagFollowsStatus) {
            running.etag = ++etags;
        }
    }

    /** Whether the service is there, or still on its way out. */
    public boolean exists(ServiceKey service) {
        return services.containsKey(service);
    }

    /** Somebody else deletes the service. */
    public void removeByOthers(ServiceKey service) {
        services.remove(service);
        history.add(service + " nothing");
    }

    /** Whether the etag also changes when only the status does; Google does not say. */
    public void letEtagFollowStatus() {
        etagFollowsStatus = true;
    }

    /** The next so many writes are refused in this way. */
    public void refuse(FailureKind kind, int times) {
        for (int time = 0; time < times; time++) {
            refusals.add(kind);
        }
    }

    /** No write is refused any more. */
    public void accept() {
        refusals.clear();
    }

    /** The next so many writes are accepted, but their answers are lost. */
    public void loseAnswers(int times) {
        lostAnswers = times;
    }

    /** Reading fails in this way from now on, until {@code null}. */
    public void makeUnreadable(@Nullable FailureKind kind) {
        unreadable = kind;
    }

    /** Somebody else writes these annotations. */
    public void annotate(ServiceKey service, Map<String, String> annotations) {
        Running running = running(service);
        running.annotations = Map.copyOf(annotations);
        running.etag = ++etags;
    }

    /** All that the service carries. */
    public Map<String, String> annotations(ServiceKey service) {
        return running(service).annotations;
    }

    /** Which revision holds the full traffic, if one does. */
    public Optional<String> serving(ServiceKey service) {
        return Optional.ofNullable(services.get(service)).map(running -> running.serving);
    }

    /** Who may call. */
    public Access access(ServiceKey service) {
        return running(service).access;
    }

    /** The names of all revisions of the service, oldest first. */
    public List<String> revisions(ServiceKey service) {
        return List.copyOf(running(service).revisions.keySet());
    }

    /** What was asked for under this name. */
    public ServicePlan planOf(ServiceKey service, String revision) {
        return Objects.requireNonNull(running(service).revisions.get(revision)).plan;
    }

    /** Every change of what serves, as {@code service revision} or {@code service nothing}. */
    public List<String> history() {
        return List.copyOf(history);
    }

    private Running running(ServiceKey service) {
        return Objects.requireNonNull(services.get(service), "there is no " + service);
    }

    @Override
    public Optional<ServiceSeen> get(ServiceKey service) {
        if (unreadable != null) {
            throw failure(unreadable, "read the service " + service);
        }
        Running running = services.get(service);
        if (running == null) {
            return Optional.empty();
        }
        if (written == null && running.readsLeft-- <= 0) {
            settle(service, running);
        }
        return Optional.ofNullable(services.get(service)).map(found -> seen(service, found));
    }

    private void settle(ServiceKey service, Running running) {
        if (running.deleting) {
            services.remove(service);
            history.add(service + " nothing");
            return;
        }
        if (running.progress != Progress.SETTLING) {
            return;
        }
        running.revisions.replaceAll((_, kept) -> decided(kept));
        if (isReady(running, running.wanted)) {
            serve(service, running, running.wanted);
        }
        boolean succeeded = isReady(running, running.wanted) && isReady(running, running.template);
        running.progress = succeeded ? Progress.SUCCEEDED : Progress.FAILED;
        if (etagFollowsStatus) {
            running.etag = ++etags;
        }
    }

    private void serve(ServiceKey service, Running running, String revision) {
        if (!revision.equals(running.serving)) {
            running.serving = revision;
            history.add(service + " " + running.serving);
        }
    }

    private static boolean isReady(Running running, String revision) {
        return Optional.ofNullable(running.revisions.get(revision))
                .filter(kept -> kept.state == State.READY)
                .isPresent();
    }

    private Kept decided(Kept kept) {
        if (kept.state != State.UNDECIDED) {
            return kept;
        }
        return switch (fates.apply(kept.plan)) {
            case Fate.Starts() -> new Kept(kept.plan, State.READY, null);
            case Fate.Fails(var cause, var message) ->
                    new Kept(kept.plan, State.FAILED, new Failure(cause, message));
        };
    }

    private static ServiceSeen seen(ServiceKey service, Running running) {
        return new ServiceSeen(
                Long.toString(running.etag),
                running.annotations,
                Marks.of(running.annotations),
                running.access,
                running.deleting,
                running.progress,
                running.template,
                List.of(new Share(running.wanted, 100)),
                running.serving == null ? List.of() : List.of(new Share(running.serving, 100)),
                running.revisions.values().stream().map(InMemoryServices::seen).toList(),
                "http://" + service.service() + ".local",
                running.progress == Progress.FAILED ? "a revision is not ready" : null);
    }

    private static RevisionSeen seen(Kept kept) {
        return new RevisionSeen(
                kept.plan.revision(),
                kept.state,
                kept.failure,
                kept.plan.origin(),
                "http://log/" + kept.plan.revision());
    }

    @Override
    public void create(ServicePlan plan, Map<String, String> annotations) {
        String tried = "create the service " + plan.service();
        refuseIfTold(tried);
        if (services.containsKey(plan.service())) {
            throw failure(FailureKind.ALREADY_EXISTS, tried);
        }
        Running running = new Running();
        services.put(plan.service(), running);
        apply(running, plan, annotations);
        tellWritten(plan.service());
        loseAnswerIfTold(tried);
    }

    @Override
    public void deploy(ServicePlan plan, String etag, Map<String, String> annotations) {
        String tried = "deploy " + plan.revision();
        Running running = atEtag(plan.service(), etag, tried);
        Kept standing = running.revisions.get(plan.revision());
        if (standing != null && !standing.plan.equals(plan)) {
            throw failure(FailureKind.CONFLICT, tried);
        }
        apply(running, plan, annotations);
        tellWritten(plan.service());
        loseAnswerIfTold(tried);
    }

    private void tellWritten(ServiceKey service) {
        if (written != null) {
            written.accept(service);
        }
    }

    private void apply(Running running, ServicePlan plan, Map<String, String> annotations) {
        running.revisions.putIfAbsent(plan.revision(), new Kept(plan, State.UNDECIDED, null));
        running.template = plan.revision();
        running.access = plan.manifest().access();
        written(running, annotations, plan.revision());
    }

    private void written(Running running, Map<String, String> annotations, String revision) {
        running.annotations = Map.copyOf(annotations);
        if (written != null) {
            running.behind.addLast(revision);
        }
        running.wanted = revision;
        running.progress = Progress.SETTLING;
        running.readsLeft = settlesAfter;
        running.etag = ++etags;
    }

    @Override
    public void route(
            ServiceKey service,
            String etag,
            Map<String, String> annotations,
            String revision,
            Optional<Access> access) {
        String tried = "route " + service + " to " + revision;
        Running running = atEtag(service, etag, tried);
        if (!running.revisions.containsKey(revision)) {
            throw failure(FailureKind.REFUSED, tried);
        }
        access.ifPresent(wanted -> running.access = wanted);
        written(running, annotations, revision);
        tellWritten(service);
        loseAnswerIfTold(tried);
    }

    @Override
    public void mark(ServiceKey service, String etag, Map<String, String> annotations) {
        String tried = "mark " + service;
        Running running = atEtag(service, etag, tried);
        running.annotations = Map.copyOf(annotations);
        running.etag = ++etags;
        loseAnswerIfTold(tried);
    }

    @Override
    public void delete(ServiceKey service, String etag) {
        if (!services.containsKey(service)) {
            return;
        }
        String tried = "delete the service " + service;
        Running running = atEtag(service, etag, tried);
        running.deleting = true;
        running.readsLeft = settlesAfter;
        running.etag = ++etags;
        tellWritten(service);
        loseAnswerIfTold(tried);
    }

    private Running atEtag(ServiceKey service, String etag, String tried) {
        refuseIfTold(tried);
        Running running = services.get(service);
        if (running == null) {
            throw failure(FailureKind.NOT_FOUND, tried);
        }
        if (running.deleting || !Long.toString(running.etag).equals(etag)) {
            throw failure(FailureKind.CONFLICT, tried);
        }
        return running;
    }

    private void refuseIfTold(String tried) {
        if (!refusals.isEmpty()) {
            throw failure(refusals.removeFirst(), tried);
        }
    }

    private void loseAnswerIfTold(String tried) {
        if (lostAnswers > 0) {
            lostAnswers--;
            throw failure(FailureKind.TRANSIENT, tried);
        }
    }

    private static GatewayException failure(FailureKind kind, String tried) {
        return new GatewayException(kind, tried, "the answer was " + kind, null);
    }
}
