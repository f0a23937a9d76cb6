package dev.slipway.local.run;

import com.linecorp.armeria.client.WebClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A running process that serves one revision on a port of its own. */
final class Instance {
    /** How long an instance has to end by itself after SIGTERM (Cloud Run: 10 s). */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Above it, a process's exit value is this and the signal that ended it. */
    private static final int SIGNALS = 128;

    private final Process process;
    private final int port;
    private final Thread pump;
    private final WebClient client;
    private final Semaphore slots;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile long lastUsed = System.nanoTime();
    private volatile boolean serving;

    private Instance(
            Process process, int port, RevisionLog log, WebClient client, int concurrency) {
        this.process = process;
        this.port = port;
        this.pump =
                Thread.ofPlatform()
                        .daemon()
                        .name("log-" + process.pid())
                        .unstarted(() -> copy(log));
        this.client = client;
        this.slots = new Semaphore(concurrency);
    }

    static Instance start(
            Launch launch, int port, RevisionLog log, WebClient client, int concurrency)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(launch.command())
                        .directory(launch.directory().toFile())
                        .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        Instance instance = new Instance(process, port, log, client, concurrency);
        instance.pump.start();
        return instance;
    }

    private void copy(RevisionLog log) {
        byte[] buffer = new byte[8192];
        String before = "";
        try (InputStream from = process.getInputStream()) {
            for (int length = from.read(buffer); length > 0; length = from.read(buffer)) {
                log.append(buffer, length);
                before = buffer[length - 1] == '\n' ? "" : "\n";
            }
            int exit = process.waitFor();
            if (serving) {
                byte[] end = (before + end(exit) + "\n").getBytes(StandardCharsets.UTF_8);
                log.append(end, end.length);
            }
        } catch (IOException _) {
            // the process ended, or its log cannot be written: it is not the service's concern
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** What Cloud Run writes into the log of an instance that ends by itself. */
    private static String end(int exit) {
        return exit > SIGNALS
                ? "Container terminated on signal " + (exit - SIGNALS) + "."
                : "Container called exit(" + exit + ").";
    }

    /** From now on its end, unless it was asked for, is told in the log. */
    void serves() {
        serving = true;
    }

    Process process() {
        return process;
    }

    int port() {
        return port;
    }

    boolean alive() {
        return process.isAlive();
    }

    WebClient client() {
        return client;
    }

    /** Waits until all that the ended process wrote is in the log. */
    void drain() throws InterruptedException {
        pump.join(Duration.ofSeconds(1));
    }

    /** Notes one more request, which keeps the instance from being idle. */
    void enter() {
        inFlight.incrementAndGet();
    }

    /** Waits for a free slot of the template's concurrency. */
    boolean slot(Duration patience) throws InterruptedException {
        return slots.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    void freeSlot() {
        slots.release();
    }

    void leave() {
        lastUsed = System.nanoTime();
        inFlight.decrementAndGet();
    }

    boolean idleFor(Duration time) {
        return inFlight.get() == 0 && System.nanoTime() - lastUsed >= time.toNanos();
    }

    /** Asks the process to end, waits, then kills it and everything that it started. */
    void stop() {
        serving = false;
        List<ProcessHandle> family = family();
        process.destroy();
        try {
            boolean _ = process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Stream.concat(family.stream(), family().stream()).forEach(ProcessHandle::destroyForcibly);
    }

    /** Kills the process and everything that it started, at once. */
    void kill() {
        serving = false;
        family().forEach(ProcessHandle::destroyForcibly);
    }

    private List<ProcessHandle> family() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    }
}
