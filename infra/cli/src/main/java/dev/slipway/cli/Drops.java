package dev.slipway.cli;

import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import dev.slipway.cli.answers.BucketAnswer;
import dev.slipway.cli.answers.Ending;
import dev.slipway.cli.answers.Follow;
import dev.slipway.cli.answers.Pace;
import dev.slipway.cli.answers.Surroundings;
import dev.slipway.cli.answers.Telling;
import dev.slipway.cli.drop.PackedFolder;
import dev.slipway.cli.drop.Planned;
import dev.slipway.cli.drop.Upload;
import dev.slipway.cli.flags.GcloudFlags;
import dev.slipway.cli.flags.MergedManifest;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.Refused;
import dev.slipway.cli.terminal.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Packs, uploads and follows a command's drops, all at once. */
final class Drops {
    /** More would only share the same line and the same disk. */
    private static final int UPLOADS_AT_ONCE = 8;

    /** Beyond this many, each is looked at less often, so that the bucket is asked no more. */
    private static final int LOOKED_AT_OFTEN = 10;

    private final Workbench bench;
    private final Cloud cloud;
    private final Surroundings surroundings;
    private final Wish wish;
    private final Telling telling;
    private final Storage forUploads;
    private final Storage forLooks;
    private final Semaphore uploads = new Semaphore(UPLOADS_AT_ONCE);

    /**
     * What was asked for all of them.
     *
     * @param region null for the installation's first
     * @param project that is deployed to
     * @param patience how long to follow while nothing new is heard; null not to follow
     */
    record Wish(
            @Nullable String region,
            String project,
            GcloudFlags flags,
            @Nullable Duration patience) {
        /** Which regions there are is known where it is deployed. */
        private static final String ANY = "europe-west1";

        /** What makes a folder's manifest; null to leave it as it is. */
        @Nullable UnaryOperator<byte[]> manifest(String service) {
            return flags.isEmpty()
                    ? null
                    : new MergedManifest(flags, service, project, region == null ? ANY : region)
                            ::of;
        }
    }

    Drops(Workbench bench, Cloud cloud, Surroundings surroundings, Wish wish, Telling telling) {
        this.bench = bench;
        this.cloud = cloud;
        this.surroundings = surroundings;
        this.wish = wish;
        this.telling = telling;
        this.forUploads = cloud.clients().storage();
        this.forLooks = cloud.clients().storageForLooks();
    }

    /** Drops them all; one alone that cannot be dropped is a problem. */
    List<Ending> run(List<Planned> planned) {
        if (planned.size() == 1) {
            return List.of(told(drop(planned.getFirst(), Pace.OFTEN)));
        }
        Instant began = bench.clock().instant();
        Duration betweenLooks =
                Pace.OFTEN.multipliedBy(Math.ceilDiv(planned.size(), LOOKED_AT_OFTEN));
        List<Ending> endings;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Ending>> running =
                    planned.stream()
                            .map(one -> threads.submit(() -> told(tried(one, betweenLooks))))
                            .toList();
            endings = running.stream().map(Drops::result).toList();
        }
        telling.summary(endings, Duration.between(began, bench.clock().instant()));
        return endings;
    }

    private static Ending result(Future<Ending> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            throw Problem.failed("interrupted", "Run ./slipway status.", e);
        } catch (ExecutionException e) {
            throw Problem.failed(
                    "it failed unexpectedly: " + e.getCause(),
                    "Run it again with --debug to see where.",
                    e);
        }
    }

    private Ending told(Ending ending) {
        telling.ended(ending);
        return ending;
    }

    private Ending tried(Planned planned, Duration betweenLooks) {
        try {
            return drop(planned, betweenLooks);
        } catch (Problem e) {
            return new Ending.NotDropped(planned, e);
        }
    }

    private Ending drop(Planned planned, Duration betweenLooks) {
        Upload upload = upload(planned);
        Follow.Listener listener = telling.uploaded(planned, upload);
        Duration patience = wish.patience();
        if (patience == null) {
            return new Ending.Dropped(planned, upload);
        }
        return new Ending.Followed(
                planned,
                upload,
                follow(upload, listener, betweenLooks, patience),
                Duration.between(upload.createdAt(), bench.clock().instant()));
    }

    private Follow.End follow(
            Upload upload, Follow.Listener listener, Duration betweenLooks, Duration patience) {
        try {
            Pace pace = new Pace(betweenLooks, bench.clock(), bench.pause());
            return new Follow(upload, listener, pace)
                    .untilDone(
                            new BucketAnswer(forLooks, upload.bucket(), upload.object()),
                            surroundings,
                            patience);
        } catch (StorageException e) {
            Problem refused = Refused.of("its answer cannot be read", cloud, e);
            return new Follow.End.Lost(refused.message() + " " + refused.nextStep());
        }
    }

    private Upload upload(Planned planned) {
        uploads.acquireUninterruptibly();
        try {
            Path source = planned.source().path();
            if (!planned.source().folder()) {
                return put(source, planned);
            }
            try (PackedFolder packed = PackedFolder.of(source, wish.manifest(planned.name()))) {
                telling.packed(planned, packed.files());
                return put(packed.archive(), planned);
            }
        } finally {
            uploads.release();
        }
    }

    private Upload put(Path archive, Planned planned) {
        return Upload.of(archive, planned.object(wish.region()), cloud, forUploads);
    }
}
