package dev.slipway.local.run;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.protobuf.Timestamp;
import io.grpc.Status.Code;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * Makes services what their specs say: starts each new revision once, moves the status on when that
 * is decided, ends the operations that waited for it, and deletes what is to go. All of it can be
 * begun again from what is stored.
 */
final class Rollouts {
    private final Stored stored;
    private final Ongoing ongoing;
    private final Locks locks;
    private final Instances instances;
    private final Fronts fronts;
    private final Urls urls;
    private final Logs logs;
    private final ExecutorService tasks;
    private final Set<String> trying = ConcurrentHashMap.newKeySet();

    Rollouts(
            Stored stored,
            Ongoing ongoing,
            Locks locks,
            Instances instances,
            Fronts fronts,
            Urls urls,
            Logs logs,
            ExecutorService tasks) {
        this.stored = stored;
        this.ongoing = ongoing;
        this.locks = locks;
        this.instances = instances;
        this.fronts = fronts;
        this.urls = urls;
        this.logs = logs;
        this.tasks = tasks;
    }

    /** Looks at the service soon. */
    void wake(ServiceName name) {
        run(() -> locks.hold(name, () -> stored.service(name).ifPresent(s -> look(name, s))));
    }

    private void run(Runnable task) {
        try {
            tasks.execute(task);
        } catch (RejectedExecutionException _) {
            // the local cloud stops; what is stored goes on at the next start
        }
    }

    private void look(ServiceName name, Service service) {
        if (service.hasDeleteTime()) {
            delete(name, service);
            return;
        }
        List<Revision> revisions = stored.revisions(name);
        revisions.stream().filter(revision -> !Conditions.decided(revision)).forEach(this::attempt);
        Service settled = Status.of(service, revisions, urls.open(name), Writes.now());
        Service kept = settled.equals(service) ? service : stored.put(settled);
        ongoing.of(name).forEach(wait -> end(name, wait, kept));
    }

    private void attempt(Revision revision) {
        if (trying.add(revision.getUid())) {
            run(() -> decide(revision));
        }
    }

    private void decide(Revision revision) {
        ServiceName service = Names.revision(revision).service();
        Optional<Verdict> verdict = instances.prove(revision);
        verdict.ifPresent(known -> locks.hold(service, () -> record(revision, known)));
        trying.remove(revision.getUid());
        if (verdict.isPresent()) {
            wake(service);
        }
    }

    private void record(Revision revision, Verdict verdict) {
        RevisionName name = Names.revision(revision);
        Timestamp now = Writes.now();
        stored.revision(name)
                .filter(current -> current.getUid().equals(revision.getUid()))
                .ifPresent(current -> stored.put(verdict.on(current, now)));
    }

    private void end(ServiceName name, Ongoing.Wait wait, Service service) {
        Optional<Revision> revision =
                wait.revision().isEmpty()
                        ? Optional.empty()
                        : stored.revision(name.revision(wait.revision()));
        if (revision.isPresent() && !Conditions.isReady(revision.get())) {
            if (Conditions.decided(revision.get())) {
                Condition ready = Conditions.ready(revision.get());
                ongoing.fail(
                        name, wait, service, code(ready), Status.notReady(revision.get(), ready));
            }
            return;
        }
        if (service.getGeneration() > wait.generation()) {
            ongoing.succeed(name, wait, service);
        } else if (!service.getReconciling()) {
            endSettled(name, wait, service);
        }
    }

    private void endSettled(ServiceName name, Ongoing.Wait wait, Service service) {
        service.getConditionsList().stream()
                .filter(condition -> condition.getType().equals(Status.ROUTES))
                .filter(condition -> condition.getState() == State.CONDITION_FAILED)
                .findFirst()
                .ifPresentOrElse(
                        routes ->
                                ongoing.fail(
                                        name, wait, service, Code.INTERNAL, routes.getMessage()),
                        () -> ongoing.succeed(name, wait, service));
    }

    /** As seen in answers of Google's: 9 for a container that does not start, 5 for no image. */
    private static Code code(Condition ready) {
        if (!ready.hasReason()) {
            return Code.FAILED_PRECONDITION;
        }
        return ready.getReason() == Condition.CommonReason.CONTAINER_MISSING
                ? Code.NOT_FOUND
                : Code.INTERNAL;
    }

    private void delete(ServiceName name, Service service) {
        fronts.close(name);
        stored.revisions(name).forEach(this::remove);
        List<Ongoing.Wait> waits = ongoing.of(name);
        stored.remove(name);
        waits.forEach(wait -> ongoing.succeed(name, wait, service));
    }

    private void remove(Revision revision) {
        RevisionName name = Names.revision(revision);
        stored.remove(name);
        instances.forget(revision);
        logs.delete(name);
    }
}
