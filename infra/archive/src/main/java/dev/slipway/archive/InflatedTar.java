package dev.slipway.archive;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A tar as it comes out of gzip, once and in its own order. */
final class InflatedTar implements TarBytes {
    private static final int BUFFER = 64 * 1024;

    private final InputStream tar;
    private final Meter meter;
    private final Keeping keeping;

    InflatedTar(InputStream tar, Meter meter, Keeping keeping) {
        this.tar = meter.metered(new BufferedInputStream(tar, BUFFER));
        this.meter = meter;
        this.keeping = keeping;
    }

    @Override
    public byte[] next(int length) throws IOException {
        return tar.readNBytes(length);
    }

    @Override
    public Content content(String path, long size) throws IOException {
        meter.refuseTooLarge(path, size);
        try {
            return keeping.keep(path, size, tar);
        } catch (EOFException e) {
            throw Refusal.damaged(path, "the tar is cut off");
        }
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
