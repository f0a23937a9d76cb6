package dev.slipway.archive.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Gzip members as different programs write them. */
final class Gzips {
    private Gzips() {}

    static byte[] gzip(byte[] content, Chance chance) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip =
                chance.hits(0.4)
                        ? new GZIPOutputStream(out)
                        : new GzipCompressorOutputStream(out, parameters(chance))) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private static GzipParameters parameters(Chance chance) {
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(chance.between(0, 9));
        parameters.setHeaderCRC(chance.hits(0.3));
        if (chance.hits(0.5)) {
            parameters.setFileName("source.tar");
        }
        if (chance.hits(0.3)) {
            parameters.setComment("packed by somebody");
        }
        if (chance.hits(0.5)) {
            parameters.setModificationInstant(Instant.ofEpochSecond(1_700_000_000));
        }
        return parameters;
    }
}
