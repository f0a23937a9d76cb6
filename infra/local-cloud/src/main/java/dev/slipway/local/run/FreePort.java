package dev.slipway.local.run;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for instances: below those that systems give to outgoing connections, and each one only
 * after all others, so that none is taken between being found free and being used.
 */
final class FreePort {
    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;

    private final AtomicInteger next =
            new AtomicInteger((int) (ProcessHandle.current().pid() % COUNT));

    int take() throws IOException {
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + Math.floorMod(next.getAndIncrement(), COUNT);
            if (free(port)) {
                return port;
            }
        }
        throw new IOException("every port from 20000 to 29999 is taken");
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }
}
