package dev.slipway.local.build;

import com.google.cloud.run.v2.SubmitBuildRequest;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import com.google.cloudbuild.v1.Build.Status;
import dev.slipway.contracts.Shown;
import dev.slipway.local.build.language.Application;
import dev.slipway.local.build.language.BuildFailed;
import dev.slipway.local.build.language.BuildLog;
import dev.slipway.local.build.language.BuildStopped;
import dev.slipway.local.build.language.Commands;
import dev.slipway.local.build.language.Folder;
import dev.slipway.local.build.language.Source;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One build from its source to its image, in a folder of its own that is gone afterwards. */
final class BuildRun implements Run {
    private static final Logger LOG = System.getLogger(BuildRun.class.getName());
    private static final int LONGEST_DETAIL = 900;

    /**
     * Thousands of files take their time. Nobody waits for that, while what was built is about to
     * be unpacked and started.
     */
    private static final Executor CLEANING = CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS);

    private final String id;
    private final BuildTools tools;
    private final SubmitBuildRequest request;
    private @Nullable Commands commands;
    private boolean stopped;

    BuildRun(String id, BuildTools tools, SubmitBuildRequest request) {
        this.id = id;
        this.tools = tools;
        this.request = request;
    }

    @Override
    public Optional<Ending> execute(Build build) {
        Path folder = tools.work().resolve(id);
        try (BuildLog log = tools.logs().open(id, tools.host().secrets())) {
            Folder.delete(folder);
            Path workspace = Files.createDirectories(folder.resolve("workspace"));
            Path temporary = Files.createDirectories(folder.resolve("tmp"));
            Map<String, String> environment = Submission.environment(request);
            Commands own = new Commands(workspace, variables(environment, temporary), id, log);
            adopt(own);
            log.line("Build " + build.getName());
            return Optional.of(build(new Source(workspace, environment, own, log), folder));
        } catch (BuildStopped _) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "build=" + id + " ended by an error of this machine", e);
            return Optional.of(
                    Ending.of(Status.INTERNAL_ERROR, "This machine could not build: " + e));
        } finally {
            CLEANING.execute(() -> clean(folder));
        }
    }

    private Ending build(Source source, Path folder) throws BuildStopped, IOException {
        try {
            tools.sources().fetch(request.getStorageSource(), source);
            Application application = tools.languages().build(source);
            source.commands().refuseIfStopped();
            String digest =
                    tools.images()
                            .push(application, request.getImageUri(), folder.resolve("image"));
            source.log().line("Pushed " + request.getImageUri() + "@" + digest);
            return Ending.success(digest);
        } catch (BuildFailed e) {
            return failure(FailureType.USER_BUILD_STEP, e.sentence());
        } catch (SourceMissing e) {
            return failure(FailureType.FETCH_SOURCE_FAILED, e.sentence());
        } catch (PushFailed e) {
            return failure(e.type(), e.sentence());
        }
    }

    private static Ending failure(FailureType type, String sentence) {
        return Ending.failure(type, Shown.of(sentence, LONGEST_DETAIL));
    }

    /** The build's own variables, but the path and the home are this machine's to say. */
    private Map<String, String> variables(Map<String, String> asked, Path temporary) {
        Map<String, String> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        variables.putAll(tools.host().environment());
        variables.putAll(asked);
        Map<String, String> all = new TreeMap<>(variables);
        for (String fixed : new String[] {"PATH", "HOME"}) {
            String value = tools.host().environment().get(fixed);
            if (value != null) {
                all.keySet().removeIf(fixed::equalsIgnoreCase);
                all.put(fixed, value);
            }
        }
        all.put("TMPDIR", temporary.toString());
        return all;
    }

    private synchronized void adopt(Commands own) throws BuildStopped {
        if (stopped) {
            throw new BuildStopped();
        }
        commands = own;
    }

    /** Ends every program that was started and lets none start any more. */
    @Override
    public void stop() {
        Commands last;
        synchronized (this) {
            stopped = true;
            last = commands;
        }
        if (last != null) {
            last.stop();
        }
    }

    /** Writes into the log how the build ended. */
    @Override
    public void conclude(Build build) {
        try (BuildLog log = tools.logs().open(id, tools.host().secrets())) {
            if (Statuses.isFinal(build.getStatus())) {
                String detail = build.getStatusDetail();
                log.end(
                        detail.isEmpty()
                                ? build.getStatus().name()
                                : build.getStatus() + ": " + detail);
            } else {
                log.end("The local cloud stops; the build starts again when it runs.");
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "build=" + id + " its log cannot be written", e);
        }
    }

    private void clean(Path folder) {
        try {
            Folder.delete(folder);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "build=" + id + " its folder cannot be removed", e);
        }
    }
}
