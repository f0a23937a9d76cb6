package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;

/** The whole local cloud as a process of its own. */
record GivenProcess(Process process, String endpoint) implements AutoCloseable {
    private static final String READY = "listening on ";

    /** Starts it over what {@code home} holds and waits until it listens. */
    static GivenProcess start(Path home) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.slipway.local.LocalCloud",
                                "--home",
                                home.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new GivenProcess(process, line.substring(READY.length()));
            }
        }
        throw new IOException("the local cloud ended before it listened");
    }

    @Override
    public void close() {
        kill();
    }

    /** Kills it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
