package dev.slipway.local.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The key pair of this cloud's own, kept in a file that its owner alone can read.
 *
 * @param id tells this key from another: 40 hexadecimal digits, as Google's
 */
record SigningKey(String id, RSAPrivateCrtKey secret, RSAPublicKey open) {
    private static final int BITS = 2048;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
    private static final String END = "\n-----END PRIVATE KEY-----\n";

    /** The key in this file, made where there is none. */
    static SigningKey of(Path file) {
        try {
            return read(file);
        } catch (NoSuchFileException _) {
            return make(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the signing key " + file, e);
        }
    }

    private static SigningKey read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        byte[] encoded =
                Base64.getMimeDecoder().decode(text.replace(BEGIN, "").replace(END, "").strip());
        try {
            KeyFactory keys = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey secret =
                    (RSAPrivateCrtKey) keys.generatePrivate(new PKCS8EncodedKeySpec(encoded));
            RSAPublicKey open =
                    (RSAPublicKey)
                            keys.generatePublic(
                                    new RSAPublicKeySpec(
                                            secret.getModulus(), secret.getPublicExponent()));
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(open.getEncoded());
            return new SigningKey(HexFormat.of().formatHex(digest), secret, open);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no RSA key; delete it and a new one is made", e);
        }
    }

    private static SigningKey make(Path file) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
            String text =
                    BEGIN + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.deleteIfExists(next);
            Files.createFile(
                    next,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, text + END, StandardOpenOption.WRITE);
            Files.move(next, file);
            return read(file);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no RSA", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the signing key " + file, e);
        }
    }
}
