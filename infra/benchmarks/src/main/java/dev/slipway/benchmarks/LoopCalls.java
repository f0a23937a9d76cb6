package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildClient;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.run.v2.BuildsClient;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.RevisionsClient;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.StorageSource;
import com.google.cloud.run.v2.SubmitBuildRequest;
import com.google.cloud.run.v2.SubmitBuildRequest.BuildpacksBuild;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import com.google.cloudbuild.v1.BuildOperationMetadata;
import com.google.cloudbuild.v1.GetBuildRequest;
import com.google.cloudbuild.v1.ListBuildsRequest;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.contracts.ObjectVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Each kind of call that the chain makes, by itself. */
final class LoopCalls implements AutoCloseable {
    /** About what a deployment's record is in the middle of its way. */
    private static final byte[] RECORD = "x".repeat(1400).getBytes(UTF_8);

    private static final ByteString EVENT = ByteString.copyFromUtf8("x".repeat(600));

    private final Cloud cloud;
    private final Storage storage;
    private final CloudBuildClient builds;
    private final BuildsClient submissions;
    private final ServicesClient services;
    private final RevisionsClient revisions;
    private final List<Publisher> publishers = new ArrayList<>();

    LoopCalls(Cloud cloud, Clients clients) throws IOException {
        this.cloud = cloud;
        this.storage = clients.storage();
        this.builds = clients.builds();
        this.submissions = clients.submissions();
        this.services = clients.services();
        this.revisions = clients.revisions();
        for (String topic : List.of("source-stored", "image-pushed", "deployment-finished")) {
            publishers.add(clients.publisher(cloud.topology().topic(topic).name()));
        }
    }

    Deployment deployment(String region, String name, ObjectVersion drop) {
        return new Deployment(region, name, drop);
    }

    /**
     * The calls of one deployment. Each call of a kind is about another object, where it writes.
     */
    final class Deployment {
        private final String region;
        private final String name;
        private final ObjectVersion drop;
        private final AtomicInteger written = new AtomicInteger();
        private final List<BlobId> standing = new ArrayList<>();
        private @Nullable String build;
        private boolean created;
        private int published;

        Deployment(String region, String name, ObjectVersion drop) {
            this.region = region;
            this.name = name;
            this.drop = drop;
        }

        /** Makes a call as {@link Calls.Kind} writes it. */
        void call(String kind) throws Exception {
            switch (kind) {
                case "storage objects.insert" -> insert();
                case "storage objects.insert 412" -> conflict();
                case "storage objects.get" -> storage.get(dropId());
                case "storage objects.get 404" -> storage.get(absent());
                case "storage objects.get.media" -> storage.readAllBytes(dropId());
                case "storage objects.get.media 404" -> missing();
                case "storage objects.list" ->
                        storage.list(cloud.ledger(), BlobListOption.prefix("loop/" + name + "/"))
                                .streamAll()
                                .forEach(_ -> {});
                case "storage objects.delete 204", "storage objects.delete" -> delete();
                case "pubsub Publisher/Publish" -> publish();
                case "cloudbuild CloudBuild/ListBuilds" -> list();
                case "cloudbuild CloudBuild/GetBuild" -> getBuild();
                case "run Builds/SubmitBuild" -> submitted();
                case "run Services/GetService" -> getService();
                case "run Services/CreateService" -> created();
                case "run Revisions/ListRevisions" -> revisions();
                case "pubsub Subscriber/Acknowledge", "pubsub Subscriber/ModifyAckDeadline" -> {
                    // the subscribers make them by themselves, as the workers' do
                }
                default -> throw new IllegalStateException("the loop has no call " + kind);
            }
        }

        private BlobId dropId() {
            return BlobId.of(drop.bucket(), drop.object(), drop.generation());
        }

        private BlobId absent() {
            return BlobId.of(cloud.ledger(), "loop/" + name + "/absent");
        }

        private void missing() {
            try {
                storage.readAllBytes(absent());
                throw new IllegalStateException(absent() + " is there");
            } catch (StorageException e) {
                if (e.getCode() != 404) {
                    throw e;
                }
            }
        }

        /** A new object, then another generation of it, and so on in turn. */
        private void insert() {
            int number = written.getAndIncrement();
            Blob blob =
                    number % 2 == 0
                            ? create("loop/" + name + "/" + number, 0)
                            : create(
                                    standing.getLast().getName(),
                                    standing.removeLast().getGeneration());
            standing.add(blob.getBlobId());
        }

        private Blob create(String object, long generation) {
            return storage.create(
                    BlobInfo.newBuilder(cloud.ledger(), object)
                            .setContentType("application/json")
                            .build(),
                    RECORD,
                    BlobTargetOption.generationMatch(generation),
                    BlobTargetOption.disableGzipContent());
        }

        private void conflict() {
            try {
                create(standing.getLast().getName(), 0);
                throw new IllegalStateException("a second create did not conflict");
            } catch (StorageException e) {
                if (e.getCode() != 412) {
                    throw e;
                }
            }
        }

        private void delete() {
            BlobId one =
                    standing.isEmpty()
                            ? create("loop/" + name, 0).getBlobId()
                            : standing.removeFirst();
            storage.delete(BlobId.of(one.getBucket(), one.getName()));
        }

        private void publish() throws Exception {
            publishers
                    .get(published++ % publishers.size())
                    .publish(
                            PubsubMessage.newBuilder()
                                    .setData(EVENT)
                                    .putAttributes("ce-id", name)
                                    .putAttributes("ce-type", "dev.slipway.benchmark.v1")
                                    .build())
                    .get();
        }

        private void list() {
            builds.listBuilds(
                            ListBuildsRequest.newBuilder()
                                    .setParent(location())
                                    .setProjectId(project())
                                    .setFilter("tags=\"" + name + "\"")
                                    .setPageSize(50)
                                    .build())
                    .iterateAll()
                    .forEach(_ -> {});
        }

        private void getBuild() throws InvalidProtocolBufferException {
            builds.getBuild(GetBuildRequest.newBuilder().setName(submitted()).build());
        }

        private String submitted() throws InvalidProtocolBufferException {
            if (build == null) {
                build =
                        submissions
                                .submitBuild(
                                        SubmitBuildRequest.newBuilder()
                                                .setParent(location())
                                                .setStorageSource(
                                                        StorageSource.newBuilder()
                                                                .setBucket(drop.bucket())
                                                                .setObject(drop.object())
                                                                .setGeneration(drop.generation()))
                                                .setImageUri(image())
                                                .setBuildpackBuild(
                                                        BuildpacksBuild.newBuilder()
                                                                .setFunctionTarget("hello"))
                                                .addTags(name)
                                                .build())
                                .getBuildOperation()
                                .getMetadata()
                                .unpack(BuildOperationMetadata.class)
                                .getBuild()
                                .getName();
            }
            return build;
        }

        private void getService() {
            try {
                services.getService(location() + "/services/" + name);
            } catch (NotFoundException e) {
                if (created) {
                    throw e;
                }
            }
        }

        private void created() {
            created = true;
            services.createServiceCallable()
                    .call(
                            CreateServiceRequest.newBuilder()
                                    .setParent(location())
                                    .setServiceId(name)
                                    .setService(
                                            Service.newBuilder()
                                                    .setTemplate(
                                                            RevisionTemplate.newBuilder()
                                                                    .addContainers(
                                                                            Container.newBuilder()
                                                                                    .setImage(
                                                                                            image()))))
                                    .build());
        }

        private void revisions() {
            revisions.listRevisions(location() + "/services/" + name).iterateAll().forEach(_ -> {});
        }

        private String image() {
            return region + "-docker.pkg.dev/" + project() + "/loop/" + name;
        }

        private String location() {
            return "projects/" + project() + "/locations/" + region;
        }
    }

    private String project() {
        return cloud.project();
    }

    @Override
    public void close() {
        publishers.forEach(Publisher::shutdown);
        builds.close();
        submissions.close();
        services.close();
        revisions.close();
    }
}
