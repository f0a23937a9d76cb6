package dev.slipway.local.run;

import com.google.cloud.run.v2.HTTPGetAction;
import com.google.cloud.run.v2.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Finds out whether a process that just started serves, by the template's startup probe. */
final class StartupProbe {
    /** How it went. */
    enum Result {
        STARTED,
        EXITED,
        NOT_LISTENING,
        NOT_ANSWERING
    }

    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final Duration CONNECT = Duration.ofSeconds(1);

    private final Process process;
    private final int port;
    private final Probe probe;
    private final long end;

    /** The probe takes at most {@code longest}, whatever its settings say. */
    StartupProbe(Process process, int port, Probe probe, Duration longest) {
        this.process = process;
        this.port = port;
        this.probe = probe;
        Duration asked =
                Duration.ofSeconds(
                        probe.getInitialDelaySeconds()
                                + (long) probe.getPeriodSeconds() * probe.getFailureThreshold());
        Duration time = asked.compareTo(longest) < 0 ? asked : longest;
        this.end = System.nanoTime() + time.toNanos();
    }

    Result await() throws InterruptedException {
        if (pause(Duration.ofSeconds(probe.getInitialDelaySeconds()))) {
            return Result.EXITED;
        }
        while (!listens()) {
            if (pause(PAUSE)) {
                return Result.EXITED;
            }
            if (System.nanoTime() > end) {
                return Result.NOT_LISTENING;
            }
        }
        return probe.hasHttpGet() ? answers(probe.getHttpGet()) : Result.STARTED;
    }

    private Result answers(HTTPGetAction get) throws InterruptedException {
        for (int failures = 0; failures < probe.getFailureThreshold(); failures++) {
            if (succeeds(get)) {
                return Result.STARTED;
            }
            if (pause(Duration.ofSeconds(probe.getPeriodSeconds()))) {
                return Result.EXITED;
            }
            if (System.nanoTime() > end) {
                break;
            }
        }
        return Result.NOT_ANSWERING;
    }

    private boolean succeeds(HTTPGetAction get) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + get.getPath()))
                            .timeout(Duration.ofSeconds(probe.getTimeoutSeconds()));
            get.getHttpHeadersList()
                    .forEach(header -> request.header(header.getName(), header.getValue()));
            int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 400;
        } catch (IOException | IllegalArgumentException _) {
            return false;
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    (int) CONNECT.toMillis());
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Waits, at most until the end; true if the process ended meanwhile. */
    private boolean pause(Duration time) throws InterruptedException {
        long left = Math.min(time.toNanos(), Math.max(0, end - System.nanoTime()));
        return process.waitFor(left, TimeUnit.NANOSECONDS);
    }
}
