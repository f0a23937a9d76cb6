package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
    private static final String SLOW =
            "\"gcp-build\":\"node -e \\\"setTimeout(() => {}, 120000)\\\"\"";

    private Archives() {}

    /** A packed source that says this text. */
    static byte[] saying(String text) throws IOException {
        return packed(text, "");
    }

    /** The same whose build takes two minutes. */
    static byte[] buildingSlowly(String text) throws IOException {
        return packed(text, SLOW);
    }

    private static byte[] packed(String text, String scripts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(bytes), UTF_8.name())) {
            add(tar, "slipway.yaml", MANIFEST);
            add(
                    tar,
                    "package.json",
                    "{\"name\":\"hello\",\"main\":\"index.js\",\"scripts\":{%s}}\n"
                            .formatted(scripts));
            add(
                    tar,
                    "index.js",
                    "exports.hello = (request, response) => response.send('%s');\n"
                            .formatted(text));
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String name, String text)
            throws IOException {
        byte[] content = text.getBytes(UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
