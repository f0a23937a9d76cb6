package dev.slipway.archive;

import java.nio.charset.StandardCharsets;

/**
 * One entry as a zip's central directory lists it (PKWARE APPNOTE 4.3.12).
 *
 * @param header where the directory lists it; its name is read there each time, so that a hundred
 *     thousand names take no memory
 * @param localHeader where the entry starts, in bytes from the zip's start
 */
record ZipEntry(
        Mapped zip,
        long header,
        int flags,
        int method,
        long crc,
        long compressed,
        long size,
        long attributes,
        long localHeader) {
    static final long HEADER = 0x02014b50;
    static final int HEADER_BYTES = 46;
    static final int STORED = 0;
    static final int DEFLATED = 8;
    static final long IN_ZIP64 = 0xffff_ffffL;

    private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
    private static final int DESCRIBED = 1 << 3;
    private static final int KNOWN_FLAGS = ENCRYPTED | 1 << 1 | 1 << 2 | DESCRIBED | 1 << 11;
    private static final int DOS_FOLDER = 0x10;

    /** Reads the entry at this place of the directory, which has room for all of it. */
    static ZipEntry of(Mapped zip, long at) throws Refusal {
        byte[] name = name(zip, at);
        String shown = shown(name);
        int extraBytes = zip.u16(at + 30);
        ZipExtra extra =
                extraBytes == 0
                        ? ZipExtra.NONE
                        : ZipExtra.of(zip.copy(at + HEADER_BYTES + name.length, extraBytes), shown);
        if (extra.renames(name)) {
            throw Refusal.damaged(shown, "an entry has two names that differ");
        }
        if (zip.u16(at + 34) != 0) {
            throw Refusal.damaged(shown, "an entry stands in another part of the zip");
        }
        long[] numbers = extra.widened(shown, zip.u32(at + 24), zip.u32(at + 20), zip.u32(at + 42));
        return new ZipEntry(
                zip,
                at,
                zip.u16(at + 8),
                zip.u16(at + 10),
                zip.u32(at + 16),
                numbers[1],
                numbers[0],
                zip.u32(at + 38),
                numbers[2]);
    }

    private static String shown(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }

    private static byte[] name(Mapped zip, long at) {
        return zip.copy(at + HEADER_BYTES, zip.u16(at + 28));
    }

    byte[] name() {
        return name(zip, header);
    }

    String displayName() {
        return shown(name());
    }

    /** Refuses what is encrypted, compressed otherwise, or neither a file nor a folder. */
    void refuseUnsupported() throws Refusal {
        if ((flags & ENCRYPTED) != 0) {
            throw new Refusal(Rule.ENCRYPTED, displayName(), "an entry is encrypted; pack without");
        }
        if ((flags & ~KNOWN_FLAGS) != 0) {
            throw Refusal.damaged(displayName(), "an entry has flags that mean nothing known");
        }
        if (!UnixMode.isRegularOrFolder(mode())) {
            throw Refusal.linkOrSpecial(displayName());
        }
        if (method != STORED && method != DEFLATED) {
            throw new Refusal(
                    Rule.UNSUPPORTED_COMPRESSION,
                    displayName(),
                    "an entry has compression method "
                            + method
                            + "; stored (0) and deflated (8) are allowed");
        }
    }

    /** Refuses sizes that no entry of its kind has, and contradictions about its kind. */
    void refuseImpossible() throws Refusal {
        if (compressed < 0 || size < 0 || (method == STORED && compressed != size)) {
            throw Refusal.damaged(displayName(), "an entry's sizes contradict each other");
        }
        if (isFolder() && size != 0) {
            throw Refusal.damaged(displayName(), "a folder has content");
        }
        boolean meantAsFolder =
                UnixMode.isFolder(mode()) || ((attributes & DOS_FOLDER) != 0 && mode() == 0);
        if (isFolder() ? UnixMode.isRegular(mode()) : meantAsFolder) {
            throw Refusal.damaged(
                    displayName(),
                    "an entry is a file by its name and a folder by its mode, or the"
                            + " other way round");
        }
    }

    /** Whether size and checksum stand behind the content. */
    boolean isDescribed() {
        return (flags & DESCRIBED) != 0;
    }

    boolean isFolder() {
        int bytes = zip.u16(header + 28);
        return bytes > 0 && zip.u8(header + HEADER_BYTES + bytes - 1) == '/';
    }

    /**
     * The POSIX mode, or 0 where the zip's maker knew none. Whoever made it: some who unpack look
     * at nothing else.
     */
    int mode() {
        return (int) (attributes >> 16);
    }
}
