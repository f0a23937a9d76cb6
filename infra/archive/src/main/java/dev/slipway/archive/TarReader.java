package dev.slipway.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a tar (ustar, POSIX extended, GNU long names) from its first byte to its last. */
final class TarReader {
    private static final int LONGEST_EXTENSION = 64 * 1024;

    private final InputStream bytes;
    private PaxRecords extended = PaxRecords.NONE;
    private byte @Nullable [] longName;

    TarReader(InputStream bytes) {
        this.bytes = bytes;
    }

    void readInto(TreeBuilder tree, Spool spool) throws IOException {
        refuseOtherContent(readEntries(tree, spool));
    }

    /** Gives back the block at which the entries end. */
    private byte[] readEntries(TreeBuilder tree, Spool spool) throws IOException {
        byte[] block = bytes.readNBytes(TarHeader.BLOCK);
        boolean isFirst = true;
        while (!TarHeader.isEnd(block)) {
            if (isFirst && !Format.isTar(block)) {
                throw new Refusal(Rule.NOT_AN_ARCHIVE, null, "what gzip holds is no tar");
            }
            if (block.length < TarHeader.BLOCK) {
                throw Refusal.damaged(null, "the tar is cut off");
            }
            read(new TarHeader(block), tree, spool);
            isFirst = false;
            block = bytes.readNBytes(TarHeader.BLOCK);
        }
        return block;
    }

    /** What other programs might read behind the end, nobody verified. */
    private void refuseOtherContent(byte[] end) throws IOException {
        byte[] block = end;
        while (block.length > 0) {
            for (byte one : block) {
                if (one != 0) {
                    throw Refusal.damaged(null, "the tar goes on behind its end");
                }
            }
            block = bytes.readNBytes(LONGEST_EXTENSION);
        }
    }

    private void read(TarHeader header, TreeBuilder tree, Spool spool) throws IOException {
        switch (header.type()) {
            case 'x' -> extended = PaxRecords.of(extension(header));
            case 'g' -> refuseRenaming(PaxRecords.of(extension(header)));
            case 'L' -> longName = withoutNul(extension(header));
            case '0', '\0', '7' -> file(header, tree, spool);
            case '5' -> folder(header, tree);
            default -> throw special(header);
        }
    }

    /** A global header's comment is harmless (git writes one); another name for all is not. */
    private static void refuseRenaming(PaxRecords global) throws Refusal {
        if (global.path() != null || global.size() != null) {
            throw Refusal.damaged(null, "the tar has a global header that renames its entries");
        }
    }

    private static Refusal special(TarHeader header) {
        if (header.type() == 'S') {
            return new Refusal(
                    Rule.UNSUPPORTED_COMPRESSION,
                    header.displayName(),
                    "the tar holds a sparse file; pack without");
        }
        return new Refusal(
                Rule.LINK_OR_SPECIAL,
                header.displayName(),
                "an entry is a link or a special file; only files and folders are allowed");
    }

    private byte[] extension(TarHeader header) throws IOException {
        long size = header.size();
        if (size > LONGEST_EXTENSION) {
            throw Refusal.damaged(null, "a tar entry's extended header has more than 65536 bytes");
        }
        byte[] content = bytes.readNBytes((int) size);
        if (content.length < size) {
            throw Refusal.damaged(null, "the tar is cut off");
        }
        skipPadding(size);
        return content;
    }

    private void folder(TarHeader header, TreeBuilder tree) throws IOException {
        EntryName name = tree.begin(name(header));
        if (size(header) != 0) {
            throw Refusal.damaged(header.displayName(), "a folder has content");
        }
        tree.folder(name);
        forgetExtensions();
    }

    private void file(TarHeader header, TreeBuilder tree, Spool spool) throws IOException {
        byte[] raw = name(header);
        EntryName name = tree.begin(raw);
        long size = size(header);
        if (raw[raw.length - 1] == '/') {
            throw Refusal.damaged(header.displayName(), "a file has a folder's name");
        }
        boolean executable = UnixMode.isExecutable(header.mode());
        InputStream content = new Content(size);
        tree.file(name, content, path -> spool.keep(path, executable, content));
        skipPadding(size);
        forgetExtensions();
    }

    private byte[] name(TarHeader header) {
        byte[] path = extended.path();
        if (path != null) {
            return path;
        }
        return longName != null ? longName : header.name();
    }

    private long size(TarHeader header) throws Refusal {
        Long size = extended.size();
        return size != null ? size : header.size();
    }

    private void forgetExtensions() {
        extended = PaxRecords.NONE;
        longName = null;
    }

    private static byte[] withoutNul(byte[] text) {
        int end = text.length;
        while (end > 0 && text[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(text, end);
    }

    private void skipPadding(long size) throws IOException {
        int padding = (int) (-size & TarHeader.BLOCK - 1);
        if (bytes.readNBytes(padding).length < padding) {
            throw Refusal.damaged(null, "the tar is cut off");
        }
    }

    /** One entry's bytes out of the stream of all. */
    private final class Content extends InputStream {
        private long left;

        Content(long size) {
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = bytes.read(into, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException();
            }
            left -= read;
            return read;
        }
    }
}
