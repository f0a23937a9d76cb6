package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Tiny sources: a function in Node.js and its manifest. */
final class Archives {
    private static final String MANIFEST =
            """
            apiVersion: slipway.dev/v1
            function: hello
            memory: 256Mi
            """;
    private static final String HELLO =
            "exports.hello = (request, response) => response.send('%s');\n";
    private static final int MEGABYTE = 1 << 20;

    private Archives() {}

    /** A packed source that says this text. */
    static byte[] saying(String text) throws IOException {
        return packed(HELLO.formatted(text), "", 0);
    }

    /** The same whose build takes so long. */
    static byte[] buildingFor(Duration time, String text) throws IOException {
        String script =
                "\"gcp-build\":\"node -e \\\"setTimeout(() => {}, %d)\\\"\""
                        .formatted(time.toMillis());
        return packed(HELLO.formatted(text), script, 0);
    }

    /** The same whose instances take so long to listen. */
    static byte[] startingFor(Duration time, String text) throws IOException {
        String wait =
                "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, %d);\n"
                        .formatted(time.toMillis());
        return packed(wait + HELLO.formatted(text), "", 0);
    }

    /** The same with so many megabytes that no compression makes fewer. */
    static byte[] weighing(int megabytes, String text) throws IOException {
        return packed(HELLO.formatted(text), "", megabytes);
    }

    private static byte[] packed(String code, String scripts, int megabytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(bytes), UTF_8.name())) {
            add(tar, "slipway.yaml", MANIFEST.getBytes(UTF_8));
            add(
                    tar,
                    "package.json",
                    "{\"name\":\"hello\",\"main\":\"index.js\",\"scripts\":{%s}}\n"
                            .formatted(scripts)
                            .getBytes(UTF_8));
            add(tar, "index.js", code.getBytes(UTF_8));
            Random random = new Random(megabytes);
            for (int i = 0; i < megabytes; i++) {
                byte[] content = new byte[MEGABYTE];
                random.nextBytes(content);
                add(tar, "data/" + i + ".bin", content);
            }
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
