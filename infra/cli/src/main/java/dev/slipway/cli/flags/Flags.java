package dev.slipway.cli.flags;

import java.util.List;
import java.util.stream.Stream;

/** Every option of gcloud that a manifest can say today (google-deploy options, gcloud 528). */
final class Flags {
    private Flags() {}

    /** In the order in which they are applied. */
    static List<Flag> all() {
        return Stream.of(
                        source().stream(),
                        size().stream(),
                        Variables.of("env", "env-vars", "environment variables").stream(),
                        Variables.of("build.env", "build-env-vars", "build variables").stream(),
                        Variables.labels().stream(),
                        Stream.of(Probes.startup()),
                        access().stream(),
                        Triggers.flags().stream())
                .flatMap(flags -> flags)
                .toList();
    }

    private static List<Flag> source() {
        return List.of(
                Flag.text("profile", "PROFILE", "run or functions: whose defaults.", "--profile"),
                Flag.text(
                        "function",
                        "NAME",
                        "The function to serve; a web application has none.",
                        "--function",
                        "--entry-point"),
                Flag.text(
                        "signatureType",
                        "TYPE",
                        "The function's signature, where the trigger does not tell it.",
                        "--signature-type"),
                Flag.text("runtime", "RUNTIME", "Language and version: nodejs22.", "--runtime"));
    }

    private static List<Flag> size() {
        return List.of(
                Flag.text("memory", "SIZE", "Memory of an instance: 512Mi.", "--memory"),
                Flag.text("cpu", "CPUS", "CPUs of an instance: 1.", "--cpu"),
                Flag.number(
                        "concurrency",
                        "NUMBER",
                        "Requests that an instance takes at a time.",
                        "--concurrency"),
                Flag.text("timeout", "TIME", "The longest request: 90s, 5m.", "--timeout"),
                Flag.number("minInstances", "NUMBER", "Fewest instances.", "--min-instances"),
                Flag.number("maxInstances", "NUMBER", "Most instances.", "--max-instances"),
                Flag.number("port", "PORT", "The port that it listens on.", "--port"));
    }

    private static List<Flag> access() {
        return List.of(
                Flag.word("access", "public", "Everybody may call it.", "--allow-unauthenticated"),
                Flag.word(
                        "access",
                        "private",
                        "Only callers with the invoker's role may call it.",
                        "--no-allow-unauthenticated"));
    }
}
