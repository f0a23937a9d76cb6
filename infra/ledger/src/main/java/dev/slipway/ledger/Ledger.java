package dev.slipway.ledger;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestName;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Shown;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Everything that is known of deployments, as objects in one bucket. The record's swap is what
 * safety rests on before a deployment is DEPLOYING; {@code building/} and {@code sweeps/} only save
 * work.
 */
public final class Ledger {
    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());
    private static final int MOST_OPEN = 100_000;
    private static final int MOST_SERVICES = 100_000;
    private static final int MOST_REQUESTS = 100_000;
    private static final int MOST_CLAIMS_KEPT = 1024;

    private final ObjectStore store;
    private final Backoff backoff;
    private final Supplier<String> tokens;
    private final JsonObjects<Marker> open;
    private final JsonObjects<DeploymentRecord> deployments;
    private final JsonObjects<RequestRecord> requests;
    private final JsonObjects<RequestAnswer> requestAnswers;
    private final JsonObjects<ServiceEntry> services;
    private final JsonObjects<Image> images;
    private final JsonObjects<Claim> building;
    private final JsonObjects<Watermark> watermarks;
    private final JsonObjects<Sweeping> sweeps;
    private final StagePauses pauses;
    private final Manifests manifests;

    /** Generations of claims that this process made, so that they need not be read. */
    private final Recent<DeploymentId, Long> claims = new Recent<>(MOST_CLAIMS_KEPT);

    record Image(String image) {
        Image {
            Objects.requireNonNull(image, "image");
        }
    }

    record Claim(DeploymentId deployment, int buildAttempt) {}

    record Watermark(Order order) {
        Watermark {
            Objects.requireNonNull(order, "order");
        }
    }

    record Sweeping(String sweeper, String writeToken) {
        Sweeping {
            Objects.requireNonNull(sweeper, "sweeper");
        }
    }

    /**
     * A ledger in this store.
     *
     * @param tokens a new, unguessable text at each call
     */
    public Ledger(ObjectStore store, Supplier<String> tokens, Backoff backoff) {
        this(store, tokens, backoff, _ -> {});
    }

    /**
     * The same.
     *
     * @param alert told of each object that does not parse, or is missing where it must be
     */
    public Ledger(
            ObjectStore store,
            Supplier<String> tokens,
            Backoff backoff,
            Consumer<UnreadableObject> alert) {
        this.store = store;
        this.backoff = backoff;
        this.tokens = tokens;
        this.manifests = new Manifests(store, backoff, alert);
        this.open = new JsonObjects<>(store, backoff, "open/", Marker.class, alert);
        this.deployments =
                new JsonObjects<>(store, backoff, "deployments/", DeploymentRecord.class, alert);
        this.requests = new JsonObjects<>(store, backoff, "requested/", RequestRecord.class, alert);
        this.requestAnswers = new JsonObjects<>(store, backoff, "", RequestAnswer.class, alert);
        this.services = new JsonObjects<>(store, backoff, "services/", ServiceEntry.class, alert);
        this.images = new JsonObjects<>(store, backoff, "images/", Image.class, alert);
        this.building = new JsonObjects<>(store, backoff, "building/", Claim.class, alert);
        this.watermarks = new JsonObjects<>(store, backoff, "watermarks/", Watermark.class, alert);
        this.sweeps = new JsonObjects<>(store, backoff, "sweeps/", Sweeping.class, alert);
        this.pauses =
                new StagePauses(
                        new JsonObjects<>(
                                store, backoff, "stages/", StagePauses.Wanted.class, alert),
                        tokens,
                        backoff);
    }

    /** Marks a deployment as open, before its record is written. */
    public Versioned<Marker> mark(Marker marker) {
        return open.createOrGet(marker.deployment().value(), marker);
    }

    /** The marker of an open deployment. */
    public Optional<Versioned<Marker>> marker(DeploymentId deployment) {
        return open.get(deployment.value());
    }

    /** Takes the marker away that stands now, after the outcome is published. */
    public void unmark(DeploymentId deployment) {
        marker(deployment).ifPresent(read -> open.delete(deployment.value(), read.generation()));
    }

    /** All open deployments. */
    public List<DeploymentId> openDeployments() {
        return namedIn(open);
    }

    /** The record of a deployment, if it has one. */
    public Optional<Versioned<DeploymentRecord>> deployment(DeploymentId deployment) {
        return deployments.get(deployment.value());
    }

    /**
     * The same for whoever looks at others' deployments: a record that does not parse is left as it
     * is, told of, and in nobody else's way.
     */
    public Optional<Versioned<DeploymentRecord>> readableDeployment(DeploymentId deployment) {
        try {
            return deployment(deployment);
        } catch (UnreadableObject e) {
            tellOf(deployment, e);
            return Optional.empty();
        }
    }

    /** Writes the first record, or finds the one that stands. */
    public Versioned<DeploymentRecord> begin(DeploymentRecord received) {
        return deployments.createOrGet(
                received.deployment().value(),
                new RecordChange(received).writeToken(tokens.get()).done());
    }

    /** Replaces exactly the record that was read; empty where somebody else did first. */
    public Optional<Versioned<DeploymentRecord>> swap(
            Versioned<DeploymentRecord> read, DeploymentRecord next) {
        DeploymentRecord written = next.following(read.value(), read.updated(), tokens.get());
        return deployments.swap(next.deployment().value(), read.generation(), written);
    }

    /**
     * Exactly this generation of the object that somebody asks with; its time is the object's,
     * since nobody writes it twice. Empty where it is gone.
     */
    public Optional<ObjectStore.Stored> requestObject(ObjectVersion version) {
        return backoff.whileBusy(() -> store.get(version.object()))
                .filter(stored -> stored.generation() == version.generation());
    }

    /**
     * All requests beside which no answer stands.
     *
     * @param before only those that were asked before it
     */
    public List<ObjectStore.Listed> unansweredRequests(Instant before) {
        List<ObjectStore.Listed> listed =
                backoff.whileBusy(() -> store.list(RequestName.PREFIX, MOST_REQUESTS));
        Set<String> names =
                listed.stream().map(ObjectStore.Listed::name).collect(Collectors.toSet());
        return listed.stream()
                .filter(object -> RequestName.parse(object.name()).isPresent())
                .filter(object -> object.updated().isBefore(before))
                .filter(object -> !names.contains(RequestName.answerTo(object.name())))
                .toList();
    }

    /** The record of a request, if it has one. */
    public Optional<Versioned<RequestRecord>> request(DeploymentId request) {
        return requests.get(request.value());
    }

    /** Writes a request's first record, or finds the one that stands. */
    public Versioned<RequestRecord> begin(RequestRecord received) {
        return requests.createOrGet(received.request().value(), received.written(tokens.get()));
    }

    /** Replaces exactly the record that was read; empty where somebody else did first. */
    public Optional<Versioned<RequestRecord>> swap(
            Versioned<RequestRecord> read, RequestRecord next) {
        RequestRecord written = next.following(read.value(), read.updated(), tokens.get());
        return requests.swap(next.request().value(), read.generation(), written);
    }

    /** Shows how a request stands, beside it; what says how it ended stays. */
    public void answerRequest(String name, RequestAnswer answer) {
        requestAnswers.merge(
                name,
                requestAnswers.get(name),
                answer,
                standing -> standing.state() == RequestAnswer.State.DONE ? standing : answer);
    }

    /** What is known of a service; empty at first. */
    public ServiceEntry service(ServiceKey service) {
        return readService(service).value();
    }

    /** The same, as it was read. */
    public ServiceRead readService(ServiceKey service) {
        return new ServiceRead(services.get(service.toString()));
    }

    /** All services that anything is known of, and when that last changed. */
    public List<ServiceChange> services() {
        return services.list(MOST_SERVICES).stream()
                .flatMap(listed -> ServiceChange.of(services.nameIn(listed), listed).stream())
                .toList();
    }

    /** Raises the greatest verified order of a service; never lowers it. */
    public ServiceEntry raiseNewest(ServiceKey service, Order order, DeploymentId deployment) {
        return raiseNewest(service, readService(service), order, deployment);
    }

    /**
     * The same, where the service was read just before: what is up to date already is not written.
     */
    public ServiceEntry raiseNewest(
            ServiceKey service, ServiceRead read, Order order, DeploymentId deployment) {
        return services.merge(
                        service.toString(),
                        read.found(),
                        ServiceEntry.NOTHING,
                        entry -> entry.withNewest(order, deployment))
                .value();
    }

    /** Raises the order up to which nothing of the service is to stand; never lowers it. */
    public ServiceEntry raiseAbsent(ServiceKey service, Order order) {
        return services.merge(
                        service.toString(),
                        services.get(service.toString()),
                        ServiceEntry.NOTHING,
                        entry -> entry.withAbsent(order))
                .value();
    }

    /** Keeps a normalised manifest under its digest. */
    public void keepManifest(Digest digest, byte[] normalised) {
        manifests.keep(digest, normalised);
    }

    /** The normalised manifest with this digest; it never changes, so it is read once. */
    public Optional<byte[]> manifest(Digest digest) {
        return manifests.find(digest);
    }

    /** What bytes say. */
    @FunctionalInterface
    public interface Reading<T> {
        /** Reads them. */
        T read(byte[] bytes) throws IOException;
    }

    /** What the manifest with this digest says, if it is kept here. */
    public <T> Optional<T> manifest(Digest digest, Reading<T> reading) {
        return manifests.find(digest, reading);
    }

    /** What the manifest says that a record names; a missing one is unreadable. */
    public <T> T requireManifest(Digest digest, Reading<T> reading) {
        return manifests.require(digest, reading);
    }

    /** The image that was built from this source in this way, by digest, if it ever was. */
    public Optional<String> image(Source source) {
        return images.get(imageName(source)).map(found -> found.value().image());
    }

    /** Remembers what was built. */
    public void keepImage(Source source, String imageByDigest) {
        images.createOrGet(imageName(source), new Image(imageByDigest));
    }

    private static String imageName(Source source) {
        return source.digest().hex() + "/" + source.buildDigest().hex();
    }

    /** Counts this deployment among those that build; a claim that does not parse counts too. */
    public void enterBuilding(DeploymentId deployment, int buildAttempt) {
        try {
            Claim claim = new Claim(deployment, buildAttempt);
            claims.put(deployment, building.createOrGet(deployment.value(), claim).generation());
        } catch (UnreadableObject e) {
            tellOf(deployment, e);
        }
    }

    /** Takes it out again; a claim that does not parse stays, and is in nobody's way. */
    public void leaveBuilding(DeploymentId deployment) {
        try {
            claims.get(deployment)
                    .or(() -> building.get(deployment.value()).map(Versioned::generation))
                    .ifPresent(generation -> building.delete(deployment.value(), generation));
            claims.remove(deployment);
        } catch (UnreadableObject e) {
            tellOf(deployment, e);
        }
    }

    private static void tellOf(DeploymentId deployment, UnreadableObject unreadable) {
        LOG.log(
                Level.ERROR,
                "alert=unreadable deployment={0} {1}",
                deployment,
                unreadable.getMessage());
    }

    /** Who builds, or is about to. */
    public List<DeploymentId> building() {
        return namedIn(building);
    }

    /**
     * What carries no deployment's name is somebody's own; it must not keep a sweep from theirs.
     */
    private static List<DeploymentId> namedIn(JsonObjects<?> objects) {
        return objects.list(MOST_OPEN).stream()
                .map(objects::nameIn)
                .flatMap(name -> deploymentNamed(name).stream())
                .toList();
    }

    private static Optional<DeploymentId> deploymentNamed(String name) {
        Optional<DeploymentId> deployment = DeploymentId.parse(name);
        if (deployment.isEmpty()) {
            LOG.log(Level.ERROR, "alert=foreign object={0} names no deployment", Shown.of(name));
        }
        return deployment;
    }

    /** The order up to which every drop of the bucket has a record. */
    public Optional<Order> watermark(String bucket) {
        return watermarks.get(bucket).map(found -> found.value().order());
    }

    /** Raises the watermark; never lowers it. */
    public void raiseWatermark(String bucket, Order order) {
        watermarks.merge(
                bucket,
                watermarks.get(bucket),
                new Watermark(order),
                known -> order.newerThan(known.order()) ? new Watermark(order) : known);
    }

    /**
     * Asks to be the one that sweeps this stage. Who holds the turn keeps it by asking again;
     * another one takes it over when the holder has not asked between two of its own questions.
     *
     * @param sweeper a name of this process's own
     * @param seen what the last answer's generation was; 0 at first
     */
    public SweepTurn sweep(String stage, String sweeper, long seen) {
        Versioned<Sweeping> last = sweeps.createOrGet(stage, new Sweeping(sweeper, tokens.get()));
        if (!last.value().sweeper().equals(sweeper) && last.generation() != seen) {
            return new SweepTurn.Theirs(last.generation());
        }
        return sweeps.swap(stage, last.generation(), new Sweeping(sweeper, tokens.get()))
                .<SweepTurn>map(mine -> new SweepTurn.Mine(mine.generation(), mine.updated()))
                .orElseGet(() -> new SweepTurn.Theirs(last.generation()));
    }

    /**
     * Whether operators want a stage paused.
     *
     * @param stage a worker's identity id, see {@link Stage#worker}
     */
    public StagePause stage(String stage) {
        return pauses.look(stage);
    }

    /** Lets a stage's workers take up nothing more, until it is resumed. */
    public StagePause pauseStage(String stage) {
        return pauses.want(stage, true);
    }

    /** Lets a stage's workers go on. */
    public StagePause resumeStage(String stage) {
        return pauses.want(stage, false);
    }

    /**
     * When the current stage and attempts were entered, or resumed if that was later: deadlines do
     * not run while a stage is paused. Resumes count as {@link #stage} has last shown them, so who
     * works must look first.
     */
    public Instant since(Versioned<DeploymentRecord> read) {
        Instant entered = read.value().since(read.updated());
        return pauses.resumed(read.value().lastOpenStage().worker())
                .filter(entered::isBefore)
                .orElse(entered);
    }

    /**
     * When a request was taken up, or its stage resumed if that was later.
     *
     * @param worker whose stage it waits in, see {@link Stage#worker}
     */
    public Instant since(Versioned<RequestRecord> read, String worker) {
        Instant begun = read.value().since(read.updated());
        return pauses.resumed(worker).filter(begun::isBefore).orElse(begun);
    }
}
