package dev.slipway.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.StackWalker.StackFrame;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A place before or after an effect. The first process that comes to one writes it down and ends
 * there, as by {@code kill -9}; the ones after it pass. Stands on its own: workers' processes load
 * it.
 */
public final class CrashPoint {
    /** The exit code of a process that ended here. */
    static final int CRASHED = 86;

    /** The file, below the agent's folder, with a line for each place where a process ended. */
    static final String CRASHES = "crashes";

    /** Also tell places apart by the code that wants the effect. */
    static final String BY_CALLER = "by-caller";

    private static final Set<String> PASSED = new HashSet<>();
    private static Path crashes = Path.of("");
    private static boolean byCaller;

    private CrashPoint() {}

    /** Where the places are noted down. */
    static void noteIn(Path folder) {
        crashes = folder.resolve(CRASHES);
        byCaller = Files.exists(folder.resolve(BY_CALLER));
    }

    /** Called before and after every effect. */
    public static void reached(String what, Object about) {
        String caller = byCaller ? " by " + caller() : "";
        end(what + " " + kind(about) + caller);
    }

    private static synchronized void end(String point) {
        if (PASSED.contains(point)) {
            return;
        }
        try (FileChannel file =
                FileChannel.open(
                        crashes,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            var _ = file.lock(); // there are more processes
            PASSED.addAll(Files.readAllLines(crashes));
            if (PASSED.add(point)) {
                file.write(ByteBuffer.wrap((point + "\n").getBytes(StandardCharsets.UTF_8)));
                Runtime.getRuntime().halt(CRASHED);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Objects by their folder, messages and events by their type, all else by its class. */
    private static String kind(Object about) {
        String type = about.getClass().getSimpleName();
        if (about instanceof String name) {
            return name.contains("/") ? name.substring(0, name.indexOf('/')) : "";
        }
        return type.equals("PubsubMessage") ? messageType(about) : type;
    }

    private static String messageType(Object message) {
        try {
            Object attributes = message.getClass().getMethod("getAttributesMap").invoke(message);
            Object type = ((Map<?, ?>) attributes).get("ce-type");
            return type == null ? "notice" : type.toString();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String caller() {
        return StackWalker.getInstance()
                .walk(
                        frames ->
                                frames.filter(CrashPoint::decides)
                                        .findFirst()
                                        .map(it -> it.getClassName() + "." + it.getMethodName())
                                        .orElse("the kit"));
    }

    private static boolean decides(StackFrame frame) {
        return frame.getClassName()
                .matches("dev\\.slipway\\.(upload|build|deploy|kit)\\.[A-Z]\\w*");
    }
}
