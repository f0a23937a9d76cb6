package dev.slipway.local.run;

import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Changes of what a service should be; what follows from them happens later. */
final class Writes {
    private static final int MOST_SERVICES = 1000;
    private static final int MOST_REVISIONS = 1000;

    private final Stored stored;
    private final Ongoing ongoing;
    private final Locks locks;
    private final Defaults defaults;
    private final Consumer<ServiceName> wake;

    /** {@code wake} is told of each service whose spec changed. */
    Writes(
            Stored stored,
            Ongoing ongoing,
            Locks locks,
            Defaults defaults,
            Consumer<ServiceName> wake) {
        this.stored = stored;
        this.ongoing = ongoing;
        this.locks = locks;
        this.defaults = defaults;
        this.wake = wake;
    }

    Operation create(ServiceName name, Service asked, String caller, boolean validateOnly) {
        ServiceRules.checkId(name.id());
        return locks.with(
                name,
                () -> {
                    if (stored.service(name).isPresent()) {
                        throw Refused.exists(name.id());
                    }
                    return create(name, Spec.of(asked), caller, now(), validateOnly);
                });
    }

    private Operation create(
            ServiceName name, Service asked, String caller, Timestamp now, boolean validateOnly) {
        if (stored.count(name.parent() + "/services/") >= MOST_SERVICES) {
            throw Refused.exhausted("Quota exceeded: at most 1000 services in a region");
        }
        Service none =
                Service.newBuilder()
                        .setName(name.full())
                        .setUid(UUID.randomUUID().toString())
                        .setCreateTime(now)
                        .setCreator(caller)
                        .build();
        return accept(name, none, asked, caller, now, validateOnly);
    }

    Operation update(ServiceName name, UpdateServiceRequest request, String caller) {
        return locks.with(
                name,
                () -> {
                    Service asked = request.getService();
                    Optional<Service> found = stored.service(name);
                    if (found.isEmpty() && request.getAllowMissing()) {
                        ServiceRules.checkId(name.id());
                        return create(
                                name, Spec.of(asked), caller, now(), request.getValidateOnly());
                    }
                    Service before = found.orElseThrow(() -> Refused.noService(name));
                    checkWritable(name, before, asked.getEtag());
                    Service spec = Spec.merged(before, asked, request.getUpdateMask());
                    return accept(name, before, spec, caller, now(), request.getValidateOnly());
                });
    }

    private Operation accept(
            ServiceName name,
            Service before,
            Service asked,
            String caller,
            Timestamp now,
            boolean validateOnly) {
        Service spec = defaults.fill(asked);
        ServiceRules.check(name, spec);
        if (Spec.of(before).equals(spec)) {
            return unchanged(name, before);
        }
        long generation = before.getGeneration() + 1;
        Wanted wanted = wanted(name, before, spec.getTemplate(), generation);
        Service next = begun(before, spec, wanted, caller, now);
        if (validateOnly) {
            return Operation.newBuilder()
                    .setDone(true)
                    .setMetadata(Any.pack(next))
                    .setResponse(Any.pack(next))
                    .build();
        }
        if (wanted.fresh()) {
            RevisionTemplate configuration = Spec.configuration(spec.getTemplate());
            stored.putTemplate(wanted.name(), configuration);
            stored.put(Revisions.of(wanted.name(), configuration, spec, caller, now));
            removeOldest(name, next);
        }
        Service kept = stored.put(next);
        Operation operation =
                ongoing.begin(name, generation, wanted.named() ? wanted.name().id() : "", kept);
        wake.accept(name);
        return operation;
    }

    /** A write of what is asked already waits for that, if it is still on its way. */
    private Operation unchanged(ServiceName name, Service before) {
        if (!before.getReconciling()) {
            return ongoing.done(name, before);
        }
        String revision = RevisionName.idOf(before.getLatestCreatedRevision());
        Operation operation = ongoing.begin(name, before.getGeneration(), revision, before);
        wake.accept(name);
        return operation;
    }

    /**
     * The revision that a write asks for: {@code fresh} if there is none of its name, {@code named}
     * if the write is about it and not only about what stands around it.
     */
    private record Wanted(RevisionName name, boolean fresh, boolean named) {}

    private Wanted wanted(
            ServiceName name, Service before, RevisionTemplate template, long generation) {
        RevisionTemplate configuration = Spec.configuration(template);
        String asked = template.getRevision();
        String latest = RevisionName.idOf(before.getLatestCreatedRevision());
        if (!latest.isEmpty()
                && Spec.configuration(before.getTemplate()).equals(configuration)
                && Stream.of("", latest, before.getTemplate().getRevision())
                        .anyMatch(asked::equals)) {
            return new Wanted(name.revision(latest), false, false);
        }
        RevisionName revision =
                name.revision(asked.isEmpty() ? Revisions.newId(name, generation) : asked);
        boolean exists = stored.revision(revision).isPresent();
        if (exists && !stored.template(revision.full()).equals(configuration)) {
            throw Refused.otherConfiguration(revision.id());
        }
        return new Wanted(revision, !exists, true);
    }

    private static Service begun(
            Service before, Service spec, Wanted wanted, String caller, Timestamp now) {
        Service next =
                spec.toBuilder()
                        .setName(before.getName())
                        .setUid(before.getUid())
                        .setCreateTime(before.getCreateTime())
                        .setCreator(before.getCreator())
                        .setUpdateTime(now)
                        .setLastModifier(caller)
                        .setGeneration(before.getGeneration() + 1)
                        .setObservedGeneration(before.getObservedGeneration())
                        .setLatestCreatedRevision(wanted.name().full())
                        .setLatestReadyRevision(before.getLatestReadyRevision())
                        .addAllTrafficStatuses(before.getTrafficStatusesList())
                        .setUri(before.getUri())
                        .addAllUrls(before.getUrlsList())
                        .addAllConditions(before.getConditionsList())
                        .setTerminalCondition(before.getTerminalCondition())
                        .build();
        return Status.begun(next, now);
    }

    Operation delete(ServiceName name, String etag, boolean validateOnly) {
        return locks.with(
                name,
                () -> {
                    Service before =
                            stored.service(name).orElseThrow(() -> Refused.noService(name));
                    checkWritable(name, before, etag);
                    Service next =
                            before.toBuilder().setDeleteTime(now()).setReconciling(true).build();
                    if (validateOnly) {
                        return ongoing.done(name, next);
                    }
                    Service kept = stored.put(next);
                    Operation operation = ongoing.begin(name, Ongoing.Wait.DELETION, "", kept);
                    wake.accept(name);
                    return operation;
                });
    }

    Operation delete(RevisionName name, String etag, boolean validateOnly) {
        return locks.with(
                name.service(),
                () -> {
                    Revision revision =
                            stored.revision(name).orElseThrow(() -> Refused.noRevision(name));
                    if (!etag.isEmpty() && !etag.equals(revision.getEtag())) {
                        throw Refused.stale(name.id(), etag, revision.getEtag());
                    }
                    stored.service(name.service())
                            .ifPresent(service -> checkRetired(name, service));
                    Revision gone = revision.toBuilder().setDeleteTime(now()).build();
                    if (!validateOnly) {
                        stored.remove(name);
                        wake.accept(name.service());
                    }
                    return ongoing.done(name.service(), gone);
                });
    }

    private static void checkRetired(RevisionName name, Service service) {
        if (!retired(name, service)) {
            throw Refused.precondition(
                    "Revision '%s' serves traffic, is to serve it, or is the latest of its service; only a retired one can be deleted"
                            .formatted(name.id()));
        }
    }

    private static boolean retired(RevisionName name, Service service) {
        boolean serves =
                service.getTrafficStatusesList().stream()
                        .anyMatch(status -> status.getRevision().equals(name.id()));
        boolean asked =
                service.getTrafficList().stream()
                        .anyMatch(target -> target.getRevision().equals(name.id()));
        return !serves
                && !asked
                && !service.getLatestCreatedRevision().equals(name.full())
                && !service.getLatestReadyRevision().equals(name.full());
    }

    /** Cloud Run keeps 1000 revisions of a service and lets the oldest go that serve nothing. */
    private void removeOldest(ServiceName name, Service service) {
        List<Revision> all = stored.revisions(name);
        all.stream()
                .filter(revision -> retired(Names.revision(revision), service))
                .sorted(Comparator.comparing(Revision::getCreateTime, Timestamps.comparator()))
                .limit(Math.max(0, all.size() - MOST_REVISIONS))
                .forEach(revision -> stored.remove(Names.revision(revision)));
    }

    private static void checkWritable(ServiceName name, Service before, String etag) {
        if (!etag.isEmpty() && !etag.equals(before.getEtag())) {
            throw Refused.stale(name.id(), etag, before.getEtag());
        }
        if (before.hasDeleteTime()) {
            throw Refused.precondition("Service '" + name.id() + "' is being deleted");
        }
    }

    static Timestamp now() {
        return Timestamps.fromMillis(System.currentTimeMillis());
    }
}
