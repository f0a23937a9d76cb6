package dev.slipway.local.build;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.CancelBuildRequest;
import com.google.cloudbuild.v1.CloudBuildGrpc;
import com.google.cloudbuild.v1.GetBuildRequest;
import com.google.cloudbuild.v1.ListBuildsRequest;
import com.google.cloudbuild.v1.ListBuildsResponse;
import dev.slipway.local.Callers;
import dev.slipway.local.Settings;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Cloud Build itself: what becomes of builds. Nothing else of it is here. */
final class CloudBuildCalls extends CloudBuildGrpc.CloudBuildImplBase {
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1000;

    private final Settings settings;
    private final Callers callers;
    private final BuildStore store;
    private final BuildQueue queue;
    private final UnaryOperator<Build> shown;

    CloudBuildCalls(
            Settings settings,
            Callers callers,
            BuildStore store,
            BuildQueue queue,
            UnaryOperator<Build> shown) {
        this.settings = settings;
        this.callers = callers;
        this.store = store;
        this.queue = queue;
        this.shown = shown;
    }

    @Override
    public void getBuild(GetBuildRequest request, StreamObserver<Build> answer) {
        callers.require("cloudbuild.builds.get", "project", "");
        Build build =
                find(
                        BuildName.of(
                                settings,
                                request.getName(),
                                request.getProjectId(),
                                request.getId()));
        answer.onNext(shown.apply(build));
        answer.onCompleted();
    }

    @Override
    public void listBuilds(ListBuildsRequest request, StreamObserver<ListBuildsResponse> answer) {
        callers.require("cloudbuild.builds.list", "project", "");
        String location = BuildName.location(settings, request.getParent(), request.getProjectId());
        if (request.getPageSize() < 0) {
            throw invalid("page_size is negative");
        }
        int most = request.getPageSize() == 0 ? USUAL_PAGE : request.getPageSize();
        BuildFilter filter = BuildFilter.parse(request.getFilter());
        BuildStore.Page page =
                store.list(
                        location,
                        filter.tag(),
                        filter.wanted(),
                        position(request.getPageToken()),
                        Math.min(most, LARGEST_PAGE));
        ListBuildsResponse.Builder list = ListBuildsResponse.newBuilder();
        page.builds().forEach(build -> list.addBuilds(shown.apply(build)));
        page.next().ifPresent(key -> list.setNextPageToken(token(key)));
        answer.onNext(list.build());
        answer.onCompleted();
    }

    @Override
    public void cancelBuild(CancelBuildRequest request, StreamObserver<Build> answer) {
        callers.require("cloudbuild.builds.update", "project", "");
        Build build =
                find(
                        BuildName.of(
                                settings,
                                request.getName(),
                                request.getProjectId(),
                                request.getId()));
        Optional<Build> cancelled = queue.cancel(build.getId());
        if (cancelled.isEmpty()) {
            throw Status.FAILED_PRECONDITION
                    .withDescription("Build " + build.getName() + " has ended already")
                    .asRuntimeException();
        }
        answer.onNext(shown.apply(cancelled.get()));
        answer.onCompleted();
    }

    private Build find(BuildName name) {
        return store.find(name)
                .orElseThrow(
                        () ->
                                Status.NOT_FOUND
                                        .withDescription(
                                                "Build " + name.full(settings) + " is not found")
                                        .asRuntimeException());
    }

    private static String token(String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> position(String token) {
        try {
            return token.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new String(
                                    Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            throw invalid("page_token is none that a list gave");
        }
    }

    private static StatusRuntimeException invalid(String why) {
        return Status.INVALID_ARGUMENT.withDescription(why).asRuntimeException();
    }
}
