package dev.slipway.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Contents one after another in a single temporary file, so that no name from an archive ever
 * becomes a name on disk.
 */
final class Spool implements Closeable {
    private final FileChannel channel;
    private final Limits limits;
    private final byte[] buffer = new byte[64 * 1024];
    private long end;

    Spool(Path folder, Limits limits) throws IOException {
        Path file = Files.createTempFile(folder, "tree", ".spool");
        this.channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        this.limits = limits;
    }

    SourceTree.Stored keep(String path, boolean executable, InputStream content)
            throws IOException {
        MessageDigest digest = Sha256.start();
        long start = end;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            write(read);
            digest.update(buffer, 0, read);
            if (end - start > limits.fileBytes()) {
                throw new Refusal(
                        Rule.FILE_TOO_LARGE,
                        path,
                        "a file has more than " + limits.fileBytes() + " bytes");
            }
        }
        long size = end - start;
        String sha256 = HexFormat.of().formatHex(digest.digest());
        return new SourceTree.Stored(
                new SourceFile(path, executable, size, sha256),
                () -> new RegionStream(channel, start, size));
    }

    private void write(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
        while (bytes.hasRemaining()) {
            end += channel.write(bytes, end);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
