package dev.slipway.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lists a tar (ustar, POSIX extended, GNU long names, seventh edition) from its first byte to its
 * last.
 */
final class TarReader {
    private static final int LONGEST_EXTENSION = 64 * 1024;

    private final TarBytes bytes;
    private final Meter meter;
    private @Nullable PaxRecords extended;
    private byte @Nullable [] longName;
    private boolean announced;

    TarReader(TarBytes bytes, Meter meter) {
        this.bytes = bytes;
        this.meter = meter;
    }

    void listInto(TreeBuilder tree) throws IOException {
        byte[] block = bytes.next(TarHeader.BLOCK);
        if (!TarHeader.is(block) && !TarHeader.isEnd(block)) {
            throw new Refusal(Rule.NOT_AN_ARCHIVE, null, "what gzip holds is no tar");
        }
        while (!TarHeader.isEnd(block)) {
            if (block.length < TarHeader.BLOCK) {
                throw Refusal.damaged(null, "the tar is cut off");
            }
            list(new TarHeader(block), tree);
            block = bytes.next(TarHeader.BLOCK);
        }
        if (announced) {
            throw Refusal.damaged(null, "the tar ends with a header that no entry follows");
        }
        refuseBehindEnd();
    }

    /** What other programs might read behind the end, nobody verified. */
    private void refuseBehindEnd() throws IOException {
        byte[] rest = bytes.next(LONGEST_EXTENSION);
        while (rest.length > 0) {
            for (byte one : rest) {
                if (one != 0) {
                    throw Refusal.damaged(null, "the tar goes on behind its end");
                }
            }
            rest = bytes.next(LONGEST_EXTENSION);
        }
    }

    private void list(TarHeader header, TreeBuilder tree) throws IOException {
        switch (header.type()) {
            case 'x' -> extended = only(extended, PaxRecords.of(extension(header)));
            case 'g' -> refuseRenaming(PaxRecords.of(extension(header)));
            case 'L' -> longName = only(longName, withoutNul(extension(header)));
            case '0', '7' -> file(header, tree);
            case '\0' -> fileOfOld(header, tree);
            case '5' -> folder(header, tree);
            case 'S' -> throw PaxRecords.sparse(header.displayName());
            default -> throw Refusal.linkOrSpecial(header.displayName());
        }
    }

    private static <T> T only(@Nullable T before, T now) throws Refusal {
        if (before != null) {
            throw Refusal.damaged(null, "the tar has two extended headers for one entry");
        }
        return now;
    }

    /** A global header's comment is harmless (git writes one); another name for all is not. */
    private static void refuseRenaming(PaxRecords global) throws Refusal {
        if (global.path() != null || global.size() != null) {
            throw Refusal.damaged(null, "the tar has a global header that renames its entries");
        }
    }

    private byte[] extension(TarHeader header) throws IOException {
        long size = header.size();
        if (size > LONGEST_EXTENSION) {
            throw Refusal.damaged(null, "a tar entry's extended header has more than 65536 bytes");
        }
        meter.countExtension();
        announced = true;
        byte[] content = bytes.next((int) size);
        if (content.length < size) {
            throw Refusal.damaged(null, "the tar is cut off");
        }
        skipPadding(size);
        return content;
    }

    /** The seventh edition has no type for folders; their names end with a slash. */
    private void fileOfOld(TarHeader header, TreeBuilder tree) throws IOException {
        byte[] name = name(header);
        if (name.length > 0 && name[name.length - 1] == '/') {
            folder(header, tree);
        } else {
            file(header, tree);
        }
    }

    private void folder(TarHeader header, TreeBuilder tree) throws IOException {
        byte[] name = name(header);
        String path = tree.begin(name);
        if (size(header, shown(name)) != 0) {
            throw Refusal.damaged(shown(name), "a folder has content");
        }
        tree.folder(path);
        forgetExtensions();
    }

    private void file(TarHeader header, TreeBuilder tree) throws IOException {
        byte[] name = name(header);
        String path = tree.begin(name);
        long size = size(header, shown(name));
        if (name[name.length - 1] == '/') {
            throw Refusal.damaged(shown(name), "a file has a folder's name");
        }
        boolean executable = UnixMode.isExecutable(header.mode());
        tree.file(path, executable, size, bytes.content(path, size));
        skipPadding(size);
        forgetExtensions();
    }

    private static String shown(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }

    private byte[] name(TarHeader header) throws Refusal {
        byte[] path = extended == null ? null : extended.path();
        if (path != null && longName != null) {
            throw Refusal.damaged(shown(path), "an entry has two names");
        }
        if (path != null) {
            return path;
        }
        return longName != null ? longName : header.name();
    }

    /** Readers that know no extended headers go by the block's, and would be led astray. */
    private long size(TarHeader header, String entry) throws Refusal {
        long size = header.size();
        Long extendedSize = extended == null ? null : extended.size();
        if (extendedSize != null && extendedSize != size) {
            meter.refuseTooLarge(entry, extendedSize);
            throw Refusal.damaged(entry, "a tar entry has two sizes that differ");
        }
        return size;
    }

    private void forgetExtensions() {
        extended = null;
        longName = null;
        announced = false;
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
        if (bytes.next(padding).length < padding) {
            throw Refusal.damaged(null, "the tar is cut off");
        }
    }
}
