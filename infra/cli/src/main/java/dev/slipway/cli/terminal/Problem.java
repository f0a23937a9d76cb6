package dev.slipway.cli.terminal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What keeps a command from doing its work: one sentence, a next step, the command's exit code. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final String nextStep;
    private final int exitCode;

    @SuppressWarnings("serial") // never written: a problem does not leave the process
    private final List<String> details;

    private Problem(
            String what,
            String nextStep,
            int exitCode,
            List<String> details,
            @Nullable Throwable cause) {
        super(what, cause);
        this.nextStep = nextStep;
        this.exitCode = exitCode;
        this.details = List.copyOf(details);
    }

    /** Something did not work. */
    public static Problem failed(String what, String nextStep) {
        return new Problem(what, nextStep, FAILED, List.of(), null);
    }

    /** Something did not work, for this reason. */
    public static Problem failed(String what, String nextStep, Throwable cause) {
        return new Problem(what, nextStep, FAILED, List.of(), cause);
    }

    /** The command was not typed as it has to be. */
    public static Problem usage(String what, String nextStep) {
        return new Problem(what, nextStep, USAGE, List.of(), null);
    }

    /** The same, with lines to read. */
    public Problem withDetails(List<String> lines) {
        return new Problem(message(), nextStep, exitCode, lines, getCause());
    }

    /** What was tried and what was found. */
    public String message() {
        String message = getMessage();
        return message == null ? "it failed" : message;
    }

    /** What to do now; empty where nothing can be done. */
    public String nextStep() {
        return nextStep;
    }

    /** 1 where something failed, 2 for wrong usage. */
    public int exitCode() {
        return exitCode;
    }

    /** Lines of a log, or single findings. */
    public List<String> details() {
        return details;
    }

    /** The same for a program. */
    public Map<String, Object> asDocument() {
        return Map.of(
                "message", message(),
                "nextStep", nextStep,
                "details", details,
                "exitCode", exitCode);
    }
}
