package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Two installations of one machine start at the same moment, and both look for a free port. */
@OnOwnInstallation
@Order(7)
class TwoInstallationsTest {
    @Test
    void eachHasACloudOfItsOwn() throws Exception {
        try (Installation one = new Installation("");
                Installation other = new Installation("")) {
            CompletableFuture<Run> up = CompletableFuture.supplyAsync(() -> up(one));
            up(other).exits(0);
            up.join().exits(0);

            assertThat(one.endpoint()).isNotEqualTo(other.endpoint());
        }
    }

    private static Run up(Installation installation) {
        try {
            return installation.slipway("up");
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
