package dev.slipway.local.run;

import com.google.cloud.run.v2.DeleteRevisionRequest;
import com.google.cloud.run.v2.GetRevisionRequest;
import com.google.cloud.run.v2.ListRevisionsRequest;
import com.google.cloud.run.v2.ListRevisionsResponse;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionsGrpc;
import com.google.longrunning.Operation;
import dev.slipway.local.Callers;
import io.grpc.stub.StreamObserver;
import java.util.function.IntSupplier;

/** {@code google.cloud.run.v2.Revisions}. */
final class RevisionsApi extends RevisionsGrpc.RevisionsImplBase {
    private final Places places;
    private final Stored stored;
    private final Writes writes;
    private final Logs logs;
    private final Callers callers;
    private final IntSupplier cloudPort;

    RevisionsApi(
            Places places,
            Stored stored,
            Writes writes,
            Logs logs,
            Callers callers,
            IntSupplier cloudPort) {
        this.places = places;
        this.stored = stored;
        this.writes = writes;
        this.logs = logs;
        this.callers = callers;
        this.cloudPort = cloudPort;
    }

    @Override
    public void getRevision(GetRevisionRequest request, StreamObserver<Revision> answer) {
        callers.require("run.revisions.get", "project", "");
        RevisionName name = places.revision("name", request.getName());
        Revision revision = stored.revision(name).orElseThrow(() -> Refused.noRevision(name));
        answer(shown(revision), answer);
    }

    @Override
    public void listRevisions(
            ListRevisionsRequest request, StreamObserver<ListRevisionsResponse> answer) {
        callers.require("run.revisions.list", "project", "");
        Page<Revision> page =
                Page.of(
                        stored.revisions(places.revisionsOf(request.getParent())),
                        request.getPageSize(),
                        request.getPageToken(),
                        Revision::getCreateTime,
                        Revision::getName);
        answer(
                ListRevisionsResponse.newBuilder()
                        .addAllRevisions(page.items().stream().map(this::shown).toList())
                        .setNextPageToken(page.next())
                        .build(),
                answer);
    }

    @Override
    public void deleteRevision(DeleteRevisionRequest request, StreamObserver<Operation> answer) {
        callers.require("run.revisions.delete", "project", "");
        RevisionName name = places.revision("name", request.getName());
        answer(writes.delete(name, request.getEtag(), request.getValidateOnly()), answer);
    }

    private Revision shown(Revision revision) {
        String uri = logs.uri(Names.revision(revision), cloudPort.getAsInt());
        return revision.toBuilder().setLogUri(uri).build();
    }

    private static <T> void answer(T message, StreamObserver<T> answer) {
        answer.onNext(message);
        answer.onCompleted();
    }
}
