package dev.slipway.archive;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Keeps nothing but what may be the manifest, for who only wants to know whether all is well. */
final class Dropping implements Keeping {
    private static final Content DROPPED =
            () -> {
                throw new IOException("the archive was only checked; this content was not kept");
            };

    private final byte[] buffer = new byte[64 * 1024];
    private int depth = Integer.MAX_VALUE;

    /** Of several only the one nearest to the root can be the manifest. */
    @Override
    public Content keep(String path, long size, InputStream from) throws IOException {
        if (!isManifest(path) || depthOf(path) >= depth) {
            drop(size, from);
            return DROPPED;
        }
        depth = depthOf(path);
        byte[] start = from.readNBytes((int) Math.min(size, SourceContents.MANIFEST_BYTES));
        drop(size - start.length, from);
        return () -> new ByteArrayInputStream(start);
    }

    private void drop(long size, InputStream from) throws IOException {
        long left = size;
        while (left > 0) {
            int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException();
            }
            left -= read;
        }
    }

    private static boolean isManifest(String path) {
        return path.substring(path.lastIndexOf('/') + 1).equals(SourceFile.MANIFEST);
    }

    private static int depthOf(String path) {
        return (int) path.chars().filter(letter -> letter == '/').count();
    }
}
