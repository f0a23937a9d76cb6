package dev.slipway.local.eventarc;

import com.google.cloud.eventarc.v1.CreateTriggerRequest;
import com.google.cloud.eventarc.v1.DeleteTriggerRequest;
import com.google.cloud.eventarc.v1.EventarcGrpc;
import com.google.cloud.eventarc.v1.GetProviderRequest;
import com.google.cloud.eventarc.v1.GetTriggerRequest;
import com.google.cloud.eventarc.v1.ListProvidersRequest;
import com.google.cloud.eventarc.v1.ListProvidersResponse;
import com.google.cloud.eventarc.v1.ListTriggersRequest;
import com.google.cloud.eventarc.v1.ListTriggersResponse;
import com.google.cloud.eventarc.v1.OperationMetadata;
import com.google.cloud.eventarc.v1.Provider;
import com.google.cloud.eventarc.v1.Trigger;
import com.google.cloud.eventarc.v1.UpdateTriggerRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.util.Timestamps;
import dev.slipway.local.Callers;
import dev.slipway.local.FinishedOperations;
import dev.slipway.local.Settings;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code google.cloud.eventarc.v1.Eventarc}: triggers and providers. Everything else is
 * UNIMPLEMENTED.
 */
final class TriggerCalls extends EventarcGrpc.EventarcImplBase {
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1000;

    private final Settings settings;
    private final Callers callers;
    private final Triggers triggers;
    private final Writes writes;
    private final FinishedOperations operations;
    private final InstantSource clock;

    TriggerCalls(
            Settings settings,
            Callers callers,
            Triggers triggers,
            Writes writes,
            FinishedOperations operations,
            InstantSource clock) {
        this.settings = settings;
        this.callers = callers;
        this.triggers = triggers;
        this.writes = writes;
        this.operations = operations;
        this.clock = clock;
    }

    @Override
    public void createTrigger(CreateTriggerRequest request, StreamObserver<Operation> answer) {
        require("eventarc.triggers.create");
        TriggerName name =
                place(TriggerName.in(request.getParent(), settings))
                        .withNewId(request.getTriggerId());
        Trigger created = writes.create(name, request.getTrigger(), request.getValidateOnly());
        answer(done(name, "create", created), answer);
    }

    private static TriggerName place(TriggerName parent) {
        if (parent.location().equals(TriggerName.ANYWHERE)) {
            throw TriggerRules.invalid("parent must name one location, got -");
        }
        return parent;
    }

    @Override
    public void getTrigger(GetTriggerRequest request, StreamObserver<Trigger> answer) {
        require("eventarc.triggers.get");
        TriggerName name = TriggerName.of("name", request.getName(), settings);
        answer(triggers.find(name.full()).orElseThrow(() -> Writes.missing(name)), answer);
    }

    @Override
    public void listTriggers(
            ListTriggersRequest request, StreamObserver<ListTriggersResponse> answer) {
        require("eventarc.triggers.list");
        String prefix = TriggerName.in(request.getParent(), settings).prefix();
        refuse("filter", request.getFilter());
        refuse("order_by", request.getOrderBy());
        if (request.getPageSize() < 0) {
            throw TriggerRules.invalid("page_size must not be negative");
        }
        if (!request.getPageToken().isEmpty() && !request.getPageToken().startsWith(prefix)) {
            throw TriggerRules.invalid("page_token is none that this list answered");
        }
        int size =
                request.getPageSize() == 0
                        ? USUAL_PAGE
                        : Math.min(request.getPageSize(), LARGEST_PAGE);
        List<Trigger> page = triggers.page(prefix, request.getPageToken(), size + 1);
        ListTriggersResponse.Builder response =
                ListTriggersResponse.newBuilder()
                        .addAllTriggers(page.stream().limit(size).toList());
        if (page.size() > size) {
            response.setNextPageToken(page.get(size - 1).getName());
        }
        answer(response.build(), answer);
    }

    @Override
    public void updateTrigger(UpdateTriggerRequest request, StreamObserver<Operation> answer) {
        require("eventarc.triggers.update");
        TriggerName name = TriggerName.of("trigger.name", request.getTrigger().getName(), settings);
        if (request.getAllowMissing() && triggers.find(name.full()).isEmpty()) {
            require("eventarc.triggers.create");
            Trigger created =
                    writes.create(
                            name.withNewId(name.id()),
                            request.getTrigger(),
                            request.getValidateOnly());
            answer(done(name, "create", created), answer);
            return;
        }
        answer(done(name, "update", writes.update(name, request)), answer);
    }

    @Override
    public void deleteTrigger(DeleteTriggerRequest request, StreamObserver<Operation> answer) {
        require("eventarc.triggers.delete");
        TriggerName name = TriggerName.of("name", request.getName(), settings);
        Trigger deleted =
                writes.delete(
                                name,
                                request.getEtag(),
                                request.getAllowMissing(),
                                request.getValidateOnly())
                        .orElse(Trigger.getDefaultInstance());
        answer(done(name, "delete", deleted), answer);
    }

    @Override
    public void getProvider(GetProviderRequest request, StreamObserver<Provider> answer) {
        require("eventarc.providers.get");
        String parent = request.getName().replaceFirst("/providers/[^/]*$", "");
        Provider found =
                Providers.of(place(TriggerName.in(parent, settings)).parent()).stream()
                        .filter(
                                one ->
                                        one.getName()
                                                .endsWith(
                                                        request.getName()
                                                                .substring(parent.length())))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        Status.NOT_FOUND
                                                .withDescription(
                                                        "Resource '"
                                                                + request.getName()
                                                                + "' was not found")
                                                .asRuntimeException());
        answer(found, answer);
    }

    @Override
    public void listProviders(
            ListProvidersRequest request, StreamObserver<ListProvidersResponse> answer) {
        require("eventarc.providers.list");
        refuse("filter", request.getFilter());
        String parent = place(TriggerName.in(request.getParent(), settings)).parent();
        answer(
                ListProvidersResponse.newBuilder().addAllProviders(Providers.of(parent)).build(),
                answer);
    }

    private Operation done(TriggerName name, String verb, Trigger result) {
        var now = Timestamps.fromMillis(clock.millis());
        return operations.done(
                name.parent(),
                OperationMetadata.newBuilder()
                        .setCreateTime(now)
                        .setEndTime(now)
                        .setTarget(name.full())
                        .setVerb(verb)
                        .setApiVersion("v1")
                        .build(),
                result);
    }

    private void require(String permission) {
        callers.require(permission, "project", "");
    }

    private static void refuse(String field, String value) {
        if (!value.isEmpty()) {
            throw Status.UNIMPLEMENTED
                    .withDescription(field + " is not done here; leave it empty")
                    .asRuntimeException();
        }
    }

    private static <T> void answer(T value, StreamObserver<T> answer) {
        answer.onNext(value);
        answer.onCompleted();
    }
}
