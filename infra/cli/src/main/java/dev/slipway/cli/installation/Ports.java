package dev.slipway.cli.installation;

import dev.slipway.cli.terminal.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Free ports on loopback. */
final class Ports {
    private static final int LAST = 65535;

    private Ports() {}

    /** The first free one, from this one on. */
    static int firstFree(int from) {
        for (int port = from; port <= LAST; port++) {
            if (free(port)) {
                return port;
            }
        }
        throw Problem.failed(
                "no port from " + from + " on is free on 127.0.0.1", "Stop what holds them.");
    }

    /** Whether nobody listens there. */
    static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the servers do: a port in TIME_WAIT is free
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Any free one. */
    static int any() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw Problem.failed(
                    "no port is free on 127.0.0.1: " + e.getMessage(), "Stop what holds them.", e);
        }
    }
}
