package dev.slipway.local.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.api.client.json.webtoken.JsonWebToken;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import dev.slipway.local.Api;
import dev.slipway.local.State;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * ID tokens as Google mints them for service accounts: RS256 JWTs of an hour. What verifies them
 * stands at {@code /oauth2/v3/certs}, as at Google. A token is used again until five minutes before
 * its end.
 */
public final class IdTokens implements Api {
    private static final String ISSUER = "https://accounts.google.com";
    private static final String PATH = "/oauth2/v3/certs";
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration LEAST_LEFT = Duration.ofMinutes(5);

    /** How much the clock of whoever minted a token may be ahead. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final int LONGEST_TOKEN = 8192;
    private static final BigInteger SUBJECTS = BigInteger.TEN.pow(20);

    private final Path file;
    private final InstantSource clock;
    private final Map<Purpose, Minted> minted = new ConcurrentHashMap<>();
    private volatile @Nullable SigningKey key;

    private record Purpose(String email, String audience) {}

    private record Minted(String token, Instant end) {}

    /**
     * What a token says, whose signature and times hold.
     *
     * @param email of the service account
     * @param audience whom the token is for
     */
    public record Claims(String email, String audience) {}

    /** Signed with the key in the state, which is made when it is first needed. */
    public IdTokens(State state, InstantSource clock) {
        this.file = state.directory("identity").resolve("signing-key.pem");
        this.clock = clock;
    }

    @Override
    public void addTo(ServerBuilder server) {
        server.service(
                PATH,
                (_, _) ->
                        HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, keySet().toString()));
    }

    private ObjectNode keySet() {
        SigningKey signing = key();
        ObjectNode set = new JsonMapper().createObjectNode();
        set.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("alg", "RS256")
                .put("use", "sig")
                .put("kid", signing.id())
                .put("n", number(signing.open().getModulus()))
                .put("e", number(signing.open().getPublicExponent()));
        return set;
    }

    /** Big-endian without a sign, in base64url (RFC 7518 §6.3). */
    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    /** A token that says: the bearer is this service account, and speaks to this audience. */
    public String mint(String email, String audience) {
        Instant now = clock.instant();
        Purpose purpose = new Purpose(email, audience);
        Minted last = minted.get(purpose);
        if (last != null && now.plus(LEAST_LEFT).isBefore(last.end())) {
            return last.token();
        }
        minted.values().removeIf(old -> old.end().isBefore(now));
        Minted next = fresh(purpose, now);
        minted.put(purpose, next);
        return next.token();
    }

    private Minted fresh(Purpose purpose, Instant now) {
        SigningKey signing = key();
        JsonWebSignature.Header header = new JsonWebSignature.Header();
        header.setAlgorithm("RS256").setKeyId(signing.id()).setType("JWT");
        JsonWebToken.Payload payload = new JsonWebToken.Payload();
        String subject = subject(purpose.email());
        Instant end = now.plus(LIFE);
        payload.setIssuer(ISSUER)
                .setAudience(purpose.audience())
                .setSubject(subject)
                .setIssuedAtTimeSeconds(now.getEpochSecond())
                .setExpirationTimeSeconds(end.getEpochSecond());
        payload.set("azp", subject).set("email", purpose.email()).set("email_verified", true);
        try {
            return new Minted(
                    JsonWebSignature.signUsingRsaSha256(
                            signing.secret(), GsonFactory.getDefaultInstance(), header, payload),
                    end);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    /** 21 digits, the same ones for the same account, in the form of Google's unique ids. */
    private static String subject(String email) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(email.getBytes(UTF_8));
            return "1%020d".formatted(new BigInteger(1, digest).mod(SUBJECTS));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** What a token says; empty unless this cloud signed it and it holds now. */
    public Optional<Claims> verify(String token) {
        if (token.length() > LONGEST_TOKEN || token.chars().filter(c -> c == '.').count() != 2) {
            return Optional.empty();
        }
        try {
            JsonWebSignature parsed =
                    JsonWebSignature.parse(GsonFactory.getDefaultInstance(), token);
            return parsed.verifySignature(key().open())
                    ? claims(parsed.getPayload())
                    : Optional.empty();
        } catch (IOException | GeneralSecurityException | RuntimeException _) {
            return Optional.empty(); // whatever it is, it is no token
        }
    }

    private Optional<Claims> claims(JsonWebToken.Payload payload) {
        Instant now = clock.instant();
        Instant begin = Instant.ofEpochSecond(payload.getIssuedAtTimeSeconds());
        Instant end = Instant.ofEpochSecond(payload.getExpirationTimeSeconds());
        boolean holds =
                ISSUER.equals(payload.getIssuer())
                        && Boolean.TRUE.equals(payload.get("email_verified"))
                        && now.plus(SKEW).isAfter(begin)
                        && now.isBefore(end);
        return holds
                ? Optional.of(
                        new Claims(
                                (String) Objects.requireNonNull(payload.get("email")),
                                (String) payload.getAudience()))
                : Optional.empty();
    }

    private SigningKey key() {
        SigningKey known = key;
        if (known == null) {
            synchronized (this) {
                known = key == null ? SigningKey.of(file) : key;
                key = known;
            }
        }
        return Objects.requireNonNull(known);
    }
}
