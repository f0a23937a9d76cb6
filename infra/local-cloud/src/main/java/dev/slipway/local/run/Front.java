package dev.slipway.local.run;

import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.TrafficTargetStatus;
import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.slipway.local.Callers;
import dev.slipway.local.run.Starter.Start;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

/** Answers for one service: passes each request on to a revision that has traffic by the status. */
final class Front implements HttpService {
    /** How long a request waits for an instance at its concurrency limit. */
    private static final Duration QUEUE = Duration.ofSeconds(10);

    private final ServiceName name;
    private final Stored stored;
    private final Access access;
    private final Instances instances;
    private final ExecutorService tasks;
    private final RandomGenerator random;

    Front(
            ServiceName name,
            Stored stored,
            Access access,
            Instances instances,
            ExecutorService tasks,
            RandomGenerator random) {
        this.name = name;
        this.stored = stored;
        this.access = access;
        this.instances = instances;
        this.tasks = tasks;
        this.random = random;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (Callers.foreign(request)) {
            return refuse(HttpStatus.FORBIDDEN, "only requests to a loopback host are answered");
        }
        return HttpResponse.of(
                CompletableFuture.supplyAsync(() -> answer(context, request), tasks));
    }

    private HttpResponse answer(ServiceRequestContext context, HttpRequest request) {
        Optional<Service> service = stored.service(name);
        if (service.isEmpty()) {
            return drained(request, refuse(HttpStatus.NOT_FOUND, "there is no such service"));
        }
        Optional<HttpStatus> refusal = access.refusal(name, service.get(), request.headers());
        if (refusal.isPresent()) {
            return drained(request, unauthorized(refusal.get()));
        }
        Optional<Revision> revision = choose(service.get());
        if (revision.isEmpty()) {
            return refuse(
                    HttpStatus.SERVICE_UNAVAILABLE, "no revision of this service is ready yet");
        }
        return switch (instances.enter(revision.get())) {
            case Start.Serving(var instance) -> pass(context, service.get(), request, instance);
            case Start.Failed(var failed) ->
                    refuse(HttpStatus.SERVICE_UNAVAILABLE, failed.message());
            case null ->
                    refuse(HttpStatus.SERVICE_UNAVAILABLE, "the local cloud or the service ends");
        };
    }

    /**
     * The answer once the request has been read: a client that is cut off while it still sends may
     * not see why.
     */
    private static HttpResponse drained(HttpRequest request, HttpResponse answer) {
        return HttpResponse.of(request.subscribe().handle((_, _) -> answer));
    }

    private Optional<Revision> choose(Service service) {
        int point = random.nextInt(100);
        for (TrafficTargetStatus status : service.getTrafficStatusesList()) {
            point -= status.getPercent();
            if (point < 0) {
                return stored.revision(name.revision(target(service, status)));
            }
        }
        return Optional.empty();
    }

    /** The id of the revision that a status means. */
    static String target(Service service, TrafficTargetStatus status) {
        return status.getType() == TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST
                ? RevisionName.idOf(service.getLatestReadyRevision())
                : status.getRevision();
    }

    private HttpResponse pass(
            ServiceRequestContext context,
            Service service,
            HttpRequest request,
            Instance instance) {
        try {
            if (!instance.slot(QUEUE)) {
                instance.leave();
                return refuse(HttpStatus.TOO_MANY_REQUESTS, "Rate exceeded.");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            instance.leave();
            return refuse(HttpStatus.SERVICE_UNAVAILABLE, "the local cloud stops");
        }
        HttpResponse response =
                instance.client().execute(request.withHeaders(upstream(context, service, request)));
        var _ =
                response.whenComplete()
                        .handle(
                                (_, _) -> {
                                    instance.freeSlot();
                                    instance.leave();
                                    return null;
                                });
        return response.recover(Front::failure);
    }

    private RequestHeadersBuilder upstream(
            ServiceRequestContext context, Service service, HttpRequest request) {
        RequestHeadersBuilder headers = request.headers().toBuilder();
        access.strip(name, service, request.headers(), headers);
        String client = context.clientAddress().getHostAddress();
        String before = request.headers().get("x-forwarded-for");
        headers.set("x-forwarded-for", before == null ? client : before + ", " + client);
        headers.set("x-forwarded-proto", "http");
        headers.set("forwarded", "for=\"" + client + "\";proto=http");
        return headers;
    }

    private static HttpResponse failure(Throwable problem) {
        return problem instanceof ResponseTimeoutException
                ? refuse(HttpStatus.GATEWAY_TIMEOUT, "upstream request timeout")
                : refuse(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The request failed because either the HTTP response was malformed or connection to the instance had an error.");
    }

    /** In Cloud Run's own words, headers included. */
    private static HttpResponse unauthorized(HttpStatus status) {
        boolean unknown = status.equals(HttpStatus.UNAUTHORIZED);
        String challenge =
                unknown
                        ? "Bearer error=\"invalid_token\" error_description=\"The access token could not be verified\""
                        : "Bearer error=\"insufficient_scope\" error_description=\"The request was not authorized\"";
        return HttpResponse.of(
                ResponseHeaders.builder(status)
                        .contentType(MediaType.PLAIN_TEXT_UTF_8)
                        .set(HttpHeaderNames.WWW_AUTHENTICATE, challenge)
                        .build(),
                HttpData.ofUtf8(
                        unknown
                                ? "The access token could not be verified.\n"
                                : "The request was not authorized to invoke this service; it needs the permission run.routes.invoke\n"));
    }

    private static HttpResponse refuse(HttpStatus status, String why) {
        return HttpResponse.of(status, MediaType.PLAIN_TEXT_UTF_8, why + "\n");
    }
}
