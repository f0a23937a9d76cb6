package dev.slipway.archive;

/** What an archive's first bytes say it is. */
enum Format {
    ZIP,
    GZIP,
    TAR;

    private static final byte[] ZIP_ENTRY = {'P', 'K', 3, 4};
    private static final byte[] ZIP_END = {'P', 'K', 5, 6};
    private static final byte[] GZIP_MEMBER = {0x1f, (byte) 0x8b};

    static Format of(Mapped archive) throws Refusal {
        if (archive.size() == 0) {
            throw new Refusal(Rule.EMPTY, null, "the file has no bytes");
        }
        if (archive.equal(0, ZIP_ENTRY)) {
            return ZIP;
        }
        if (archive.equal(0, ZIP_END)) {
            throw new Refusal(Rule.EMPTY, null, "the zip lists no files");
        }
        if (archive.equal(0, GZIP_MEMBER)) {
            return GZIP;
        }
        if (archive.has(0, TarHeader.BLOCK) && TarHeader.is(archive.copy(0, TarHeader.BLOCK))) {
            return TAR;
        }
        throw new Refusal(
                Rule.NOT_AN_ARCHIVE,
                null,
                "the file is neither a zip nor a tar, with or without gzip");
    }
}
