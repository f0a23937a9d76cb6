package dev.slipway.cli.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The bearer tokens of the topology's identities: 256 random bits each, readable by their owner
 * only.
 */
record Tokens(Home home, SecureRandom random) {
    /** The project's owner, for gcloud, some commands of which do not run without a token. */
    static final String OWNER = "owner";

    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.fromString("rwx------");

    /** The file with this identity's token, made where it is not there yet. */
    Path of(String identity) {
        Path file = home.token(identity);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(
                        home.directory().resolve("tokens"),
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY_DIRECTORY));
                make(file);
            }
            return file;
        } catch (IOException e) {
            throw Home.unwritable(file, e);
        }
    }

    private void make(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        Path next = home.directory().resolve("token.next"); // every file in tokens/ is a token
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(
                next,
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n",
                StandardOpenOption.WRITE);
        Files.move(next, file);
    }
}
