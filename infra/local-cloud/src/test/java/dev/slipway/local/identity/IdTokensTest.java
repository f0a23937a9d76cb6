package dev.slipway.local.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.json.webtoken.JsonWebToken;
import com.google.auth.oauth2.TokenVerifier;
import com.google.auth.oauth2.TokenVerifier.VerificationException;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.slipway.local.State;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ID tokens, as Google's own verifier sees them. */
class IdTokensTest {
    private static final String EMAIL = "slipway-trigger@local-project.iam.gserviceaccount.com";
    private static final String AUDIENCE = "http://localhost:9000";

    @TempDir Path home;
    private Instant now = Instant.now();

    private IdTokens tokens(State state) {
        return new IdTokens(state, () -> now);
    }

    private static TokenVerifier verifier(Server server) {
        return TokenVerifier.newBuilder()
                .setCertificatesLocation(
                        "http://127.0.0.1:" + server.activeLocalPort() + "/oauth2/v3/certs")
                .setIssuer("https://accounts.google.com")
                .setAudience(AUDIENCE)
                .build();
    }

    private static Server serve(IdTokens tokens) {
        ServerBuilder builder =
                Server.builder().http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        tokens.addTo(builder);
        Server server = builder.build();
        server.start().join();
        return server;
    }

    @Test
    void googlesVerifierAcceptsThem() throws Exception {
        try (State state = new State(home)) {
            IdTokens tokens = tokens(state);
            Server server = serve(tokens);

            JsonWebToken.Payload payload =
                    verifier(server).verify(tokens.mint(EMAIL, AUDIENCE)).getPayload();

            assertThat(payload.get("email")).isEqualTo(EMAIL);
            assertThat(payload.get("email_verified")).isEqualTo(true);
            assertThat(payload.getSubject()).matches("1\\d{20}").isEqualTo(payload.get("azp"));
            assertThat(payload.getExpirationTimeSeconds() - payload.getIssuedAtTimeSeconds())
                    .isEqualTo(3600);
            String other = tokens.mint(EMAIL, "http://localhost:9001");
            assertThatThrownBy(() -> verifier(server).verify(other))
                    .isInstanceOf(VerificationException.class);
            var _ = server.closeAsync();
        }
    }

    @Test
    void theKeyIsTheOwnersAloneAndOutlivesARestart() throws Exception {
        String token;
        try (State state = new State(home)) {
            token = tokens(state).mint(EMAIL, AUDIENCE);
        }
        Path key = home.resolve("identity/signing-key.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        try (State state = new State(home)) {
            assertThat(tokens(state).verify(token)).contains(new IdTokens.Claims(EMAIL, AUDIENCE));
        }
    }

    @Test
    void whatAnotherKeySignedOrWasChangedOrIsOldHoldsNot() {
        try (State state = new State(home.resolve("one"));
                State foreign = new State(home.resolve("two"))) {
            IdTokens tokens = tokens(state);
            String token = tokens.mint(EMAIL, AUDIENCE);

            assertThat(tokens.verify(tokens(foreign).mint(EMAIL, AUDIENCE))).isEmpty();
            assertThat(tokens.verify(withOtherSignature(token))).isEmpty();
            assertThat(tokens.verify(token.substring(0, token.lastIndexOf('.') + 1))).isEmpty();
            assertThat(tokens.verify("eyJhbGciOiJub25lIn0.e30.")).isEmpty();
            assertThat(tokens.verify("a.b.c")).isEmpty();
            assertThat(tokens.verify("no token")).isEmpty();
            now = now.plus(Duration.ofMinutes(61));
            assertThat(tokens.verify(token)).isEmpty();
            assertThat(tokens.verify(tokens.mint(EMAIL, AUDIENCE))).isPresent();
        }
    }

    private static String withOtherSignature(String token) {
        int at = token.lastIndexOf('.') + 10;
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        return token.substring(0, at) + other + token.substring(at + 1);
    }
}
