package dev.slipway.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Source archives as people drop them: zip, tar and tar.gz, told apart by content. */
public final class SourceArchive {
    private static final int BUFFER = 64 * 1024;

    private SourceArchive() {}

    /**
     * Reads every byte of the archive and keeps its files' contents in one temporary file.
     *
     * @param archive a local file that nobody else writes
     * @param spoolFolder where the contents are kept until the tree is closed
     * @throws IOException if this machine's files cannot be read or written; a bad archive is a
     *     {@link Inspection.Refused} instead
     */
    public static Inspection inspect(Path archive, Path spoolFolder, Limits limits)
            throws IOException {
        Spool spool = new Spool(spoolFolder, limits);
        boolean accepted = false;
        try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
            SourceTree tree = read(channel, spool, limits);
            accepted = true;
            return new Inspection.Accepted(tree);
        } catch (Refusal refusal) {
            return refusal.asResult();
        } catch (EOFException e) {
            return Refusal.damaged(null, "the archive is cut off").asResult();
        } catch (ZipException e) {
            return Refusal.damaged(null, "the archive's compressed data is damaged").asResult();
        } finally {
            if (!accepted) {
                spool.close();
            }
        }
    }

    private static SourceTree read(FileChannel channel, Spool spool, Limits limits)
            throws IOException {
        Meter meter = new Meter(limits, channel.size());
        TreeBuilder tree = new TreeBuilder(limits, meter);
        switch (Format.of(channel)) {
            case ZIP -> new ZipReader(channel, meter, limits).readInto(tree, spool);
            case TAR -> tar(whole(channel), meter).readInto(tree, spool);
            case GZIP -> {
                try (InputStream inflated = new GZIPInputStream(whole(channel), BUFFER)) {
                    tar(inflated, meter).readInto(tree, spool);
                }
            }
        }
        return tree.finish(spool);
    }

    private static TarReader tar(InputStream bytes, Meter meter) {
        return new TarReader(meter.metered(bytes));
    }

    private static InputStream whole(FileChannel channel) throws IOException {
        return new RegionStream(channel, 0, channel.size());
    }
}
