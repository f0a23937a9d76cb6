package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.run.v2.BuildsClient;
import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.StorageSource;
import com.google.cloud.run.v2.SubmitBuildRequest;
import com.google.cloud.run.v2.SubmitBuildRequest.BuildpacksBuild;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloudbuild.v1.Build;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.EventCodec;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * One stage as somebody writes it who trusts everything: it acknowledges on receipt, keeps no
 * state, looks at nothing before it writes. What it has in hand when it dies is lost.
 */
final class NaiveWorker {
    private final Cloud cloud;
    private final Clients clients;
    private final Storage storage;
    private final NaiveStaging staging;
    private final Semaphore places;
    private final EventCodec codec;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param inHand how many messages it has in hand at once
     */
    NaiveWorker(Cloud cloud, int inHand) {
        this.cloud = cloud;
        this.clients = new Clients(cloud);
        this.storage = clients.storage();
        this.staging = new NaiveStaging(cloud, storage);
        this.places = new Semaphore(inHand);
        this.codec = new EventCodec(cloud.project(), cloud.installation());
    }

    /** What is done about a message that is acknowledged already. */
    private interface Step {
        void take(PubsubMessage message) throws Exception;
    }

    /** Works until the process is ended. */
    void run(String stage) throws Exception {
        switch (stage) {
            case "upload" -> upload();
            case "build" -> build();
            case "deploy" -> deploy();
            default -> throw new IllegalArgumentException("upload, build or deploy, not " + stage);
        }
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    private void feed(String subscription, Step step) {
        Subscriber subscriber =
                clients.subscriber(
                        cloud.topology().subscription(subscription).name(),
                        places.availablePermits(),
                        (message, reply) -> {
                            reply.ack();
                            threads.execute(() -> take(step, message));
                        });
        subscriber.startAsync().awaitRunning();
    }

    private void take(Step step, PubsubMessage message) {
        places.acquireUninterruptibly();
        try {
            step.take(message);
        } catch (Exception e) {
            System.err.println("lost: " + message + " " + e);
        } finally {
            places.release();
        }
    }

    private Publisher publisher(String topic) throws IOException {
        return clients.publisher(cloud.topology().topic(topic).name());
    }

    private void upload() throws IOException {
        Publisher stored = publisher("source-stored");
        feed(
                "source-uploaded",
                message -> {
                    NaiveDrop drop =
                            NaiveDrop.of(
                                    message.getAttributesOrThrow("objectId"),
                                    message.getAttributesOrThrow("objectGeneration"));
                    publish(stored, drop, "staged", staging.staged(drop));
                });
    }

    private void build() throws IOException {
        BuildsClient builds = clients.submissions();
        feed("source-stored", message -> submit(builds, NaiveDrop.of(message), staged(message)));
        Publisher pushed = publisher("image-pushed");
        feed(
                "build-finished",
                message -> {
                    Build.Builder build = Build.newBuilder();
                    JsonFormat.parser()
                            .ignoringUnknownFields()
                            .merge(message.getData().toStringUtf8(), build);
                    if (build.getStatus() == Build.Status.SUCCESS) {
                        publish(pushed, NaiveDrop.of(build), "image", image(build));
                    }
                });
    }

    private static String[] staged(PubsubMessage message) {
        return message.getAttributesOrThrow("staged").split("#", -1);
    }

    private static String image(Build.Builder build) {
        return build.getResults().getImages(0).getName().replaceAll(":[^/]*$", "")
                + "@"
                + build.getResults().getImages(0).getDigest();
    }

    private void submit(BuildsClient builds, NaiveDrop drop, String[] staged) {
        builds.submitBuild(
                SubmitBuildRequest.newBuilder()
                        .setParent(location(drop))
                        .setStorageSource(
                                StorageSource.newBuilder()
                                        .setBucket(
                                                "run-sources-"
                                                        + cloud.project()
                                                        + "-"
                                                        + drop.region())
                                        .setObject(staged[0])
                                        .setGeneration(Long.parseLong(staged[1])))
                        .setImageUri(
                                "%s-docker.pkg.dev/%s/naive/%s"
                                        .formatted(drop.region(), cloud.project(), drop.service()))
                        .setBuildpackBuild(BuildpacksBuild.newBuilder().setFunctionTarget("hello"))
                        .addAllTags(drop.tags())
                        .build());
    }

    private void deploy() throws IOException {
        ServicesClient services = clients.services();
        Publisher finished = publisher("deployment-finished");
        feed(
                "image-pushed",
                message -> {
                    NaiveDrop drop = NaiveDrop.of(message);
                    String url = serve(services, drop, message.getAttributesOrThrow("image"));
                    tell(finished, drop, url);
                });
    }

    private String serve(ServicesClient services, NaiveDrop drop, String image) throws Exception {
        services.createServiceCallable()
                .call(
                        CreateServiceRequest.newBuilder()
                                .setParent(location(drop))
                                .setServiceId(drop.service())
                                .setService(
                                        Service.newBuilder()
                                                .setTemplate(
                                                        RevisionTemplate.newBuilder()
                                                                .addContainers(
                                                                        Container.newBuilder()
                                                                                .setImage(image))))
                                .build());
        while (true) {
            Service service = services.getService(location(drop) + "/services/" + drop.service());
            if (service.getTerminalCondition().getState() == Condition.State.CONDITION_SUCCEEDED) {
                return service.getUri();
            }
            Thread.sleep(50);
        }
    }

    private void tell(Publisher finished, NaiveDrop drop, String url) throws Exception {
        ObjectVersion version = new ObjectVersion(cloud.drops(), drop.object(), drop.generation());
        EventCodec.Encoded event =
                codec.encode(
                        new DeploymentFinished(
                                DeploymentId.of(version),
                                version,
                                new ServiceKey(drop.region(), new ServiceName(drop.service())),
                                Outcome.LIVE,
                                Reason.DEPLOYED,
                                "It is live.",
                                url,
                                null));
        storage.create(
                BlobInfo.newBuilder(cloud.drops(), Answer.nameFor(drop.object()))
                        .setContentType("application/json")
                        .build(),
                ("{\"outcome\":\"LIVE\",\"url\":\"" + url + "\"}").getBytes(UTF_8),
                BlobTargetOption.disableGzipContent());
        finished.publish(
                        PubsubMessage.newBuilder()
                                .putAllAttributes(event.attributes())
                                .setData(ByteString.copyFrom(event.data()))
                                .build())
                .get();
    }

    private static void publish(Publisher topic, NaiveDrop drop, String key, String value)
            throws Exception {
        topic.publish(
                        PubsubMessage.newBuilder()
                                .putAttributes("object", drop.object())
                                .putAttributes("generation", Long.toString(drop.generation()))
                                .putAttributes(key, value)
                                .build())
                .get();
    }

    private String location(NaiveDrop drop) {
        return "projects/" + cloud.project() + "/locations/" + drop.region();
    }
}
