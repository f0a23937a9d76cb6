package dev.slipway.upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives for tests. */
public final class Archives {
    /** A manifest that deploys. */
    public static final String MANIFEST = "apiVersion: slipway.dev/v1\nfunction: helloHttp\n";

    private Archives() {}

    /** A zip of these names and texts, in turn. */
    public static byte[] zip(String... namesAndTexts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int at = 0; at < namesAndTexts.length; at += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[at]));
                zip.write(namesAndTexts[at + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A function that deploys, with this code. */
    public static byte[] function(String code) {
        return zip("index.js", code, "package.json", "{}", "slipway.yaml", MANIFEST);
    }
}
