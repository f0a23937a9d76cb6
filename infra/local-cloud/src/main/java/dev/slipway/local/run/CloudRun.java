package dev.slipway.local.run;

import com.google.cloud.run.v2.ExecutionsGrpc;
import com.google.cloud.run.v2.JobsGrpc;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TasksGrpc;
import com.google.cloud.run.v2.WorkerPoolsGrpc;
import com.google.longrunning.Operation;
import com.google.protobuf.Descriptors.Descriptor;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.slipway.local.Api;
import dev.slipway.local.Callers;
import dev.slipway.local.Images;
import dev.slipway.local.OperationSource;
import dev.slipway.local.Operations;
import dev.slipway.local.ServiceUrls;
import dev.slipway.local.Settings;
import dev.slipway.local.State;
import dev.slipway.local.Transcoded;
import dev.slipway.local.identity.IdTokens;
import io.grpc.Status.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Cloud Run: {@code google.cloud.run.v2.Services} and {@code Revisions}. Each service answers on a
 * port of its own; what it runs is unpacked from the registry's images and started on this machine.
 */
public final class CloudRun implements Api, OperationSource, ServiceUrls {
    /** Where services are reached that run nothing; followed by region and service. */
    private static final String NOWHERE = "/run/instant/";

    private final Settings settings;
    private final Stored stored;
    private final Locks locks = new Locks();
    private final Ongoing ongoing;
    private final Logs logs;
    private final ProcessNotes notes;
    private final Pull pull;
    private final Live live;
    private final Starter starter;
    private final Fronts fronts;
    private final Urls urls;
    private final Rollouts rollouts;
    private final Warmth warmth;
    private final ServicesApi services;
    private final RevisionsApi revisions;
    private final CompletableFuture<Integer> cloudPort = new CompletableFuture<>();
    private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();

    /** Nothing runs until {@link #started}. */
    public CloudRun(
            Settings settings,
            State state,
            Callers callers,
            IdTokens tokens,
            Operations operations,
            Images images) {
        this.settings = settings;
        this.stored = new Stored(state);
        this.ongoing = new Ongoing(state, operations);
        this.logs = new Logs(state);
        this.notes = new ProcessNotes(state);
        this.pull = new Pull(images, state);
        this.live = new Live(notes);
        this.starter = new Starter(settings, state, stored, pull, logs);
        Instances instances = new Instances(starter, live, settings.instantServices());
        Access access = new Access(stored, callers, tokens, settings);
        SecureRandom random = new SecureRandom();
        this.fronts =
                new Fronts(
                        stored, name -> new Front(name, stored, access, instances, tasks, random));
        this.urls = settings.instantServices() ? this::nowhere : fronts::open;
        this.rollouts = new Rollouts(stored, ongoing, locks, instances, fronts, urls, logs, tasks);
        this.warmth = new Warmth(settings, stored, instances, tasks);
        Places places = new Places(settings);
        Writes writes =
                new Writes(
                        stored,
                        ongoing,
                        locks,
                        new Defaults(settings.projectNumber()),
                        rollouts::wake);
        this.services = new ServicesApi(places, stored, writes, locks, access, callers);
        this.revisions = new RevisionsApi(places, stored, writes, logs, callers, cloudPort::join);
    }

    @Override
    public void addTo(ServerBuilder server) {
        Transcoded.add(
                server,
                "/run",
                types(),
                services,
                revisions,
                new JobsGrpc.JobsImplBase() {},
                new ExecutionsGrpc.ExecutionsImplBase() {},
                new TasksGrpc.TasksImplBase() {},
                new WorkerPoolsGrpc.WorkerPoolsImplBase() {});
        server.serviceUnder(
                NOWHERE,
                (_, _) ->
                        Transcoded.error(
                                Code.UNIMPLEMENTED,
                                "this service runs nothing: the local cloud was started with"
                                        + " --instant-services"));
        server.service(
                Logs.PATH + "{region}/{service}/{revision}",
                (context, _) ->
                        HttpResponse.of(CompletableFuture.supplyAsync(() -> log(context), tasks)));
    }

    private String nowhere(ServiceName name) {
        return "http://localhost:%d%s%s/%s"
                .formatted(cloudPort.join(), NOWHERE, name.region(), name.id());
    }

    private HttpResponse log(ServiceRequestContext context) {
        RevisionName name =
                new ServiceName(
                                settings.project(),
                                context.pathParams().getOrDefault("region", ""),
                                context.pathParams().getOrDefault("service", ""))
                        .revision(context.pathParams().getOrDefault("revision", ""));
        if (stored.revision(name).isEmpty()) {
            return Transcoded.error(Code.NOT_FOUND, "there is no revision " + name.id());
        }
        try {
            return HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, logs.of(name).read());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the log of " + name.id(), e);
        }
    }

    @Override
    public void started(int port) {
        notes.endLeftovers();
        try {
            pull.clean();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove what an unfinished pull left", e);
        }
        cloudPort.complete(port);
        starter.cloudListens(port);
        for (Service service : stored.services("projects/")) {
            ServiceName name = Names.service(service);
            urls.open(name);
            rollouts.wake(name);
        }
        if (!settings.instantServices()) {
            warmth.start();
        }
    }

    @Override
    public Optional<Operation> find(String name) {
        return ongoing.find(name);
    }

    @Override
    public Optional<String> url(String region, String service) {
        ServiceName name = new ServiceName(settings.project(), region, service);
        return locks.with(
                name,
                () ->
                        stored.service(name)
                                .filter(found -> !found.hasDeleteTime())
                                .map(_ -> fronts.open(name)));
    }

    @Override
    public List<Descriptor> types() {
        return List.of(Service.getDescriptor(), Revision.getDescriptor());
    }

    @Override
    public void close() {
        warmth.close();
        fronts.close();
        tasks.shutdown(); // never by interruption, which would close the state's file
        live.close();
        tasks.close();
        starter.close();
    }
}
