package dev.slipway.endtoend;

import dev.slipway.contracts.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a drop, and what its answer says.
 *
 * @param told what the message names
 * @param logged what the log's last lines hold
 */
record Wrong(
        String what,
        Sample source,
        Reason reason,
        @Nullable String entry,
        @Nullable Integer line,
        @Nullable String field,
        List<String> told,
        String logged) {
    private static final String MANIFEST = "apiVersion: slipway.dev/v1\n";

    /** What stands before the wrong one goes on answering this. */
    static final String STANDING = "still here";

    static final Sample GOOD = Sample.saying(STANDING);
    private static final Sample JAVA = Sample.java("out.getWriter().write(\"java\");");

    private static Wrong failed(String what, Sample source, Reason reason, String logged) {
        return new Wrong(what, source, reason, null, null, null, List.of(), logged);
    }

    private static Wrong manifest(String what, String fields, int line, String field) {
        return new Wrong(
                what,
                GOOD.with("slipway.yaml", MANIFEST + fields),
                Reason.MANIFEST_INVALID,
                null,
                line,
                field,
                List.of(),
                "");
    }

    private Wrong telling(String... names) {
        return new Wrong(what, source, reason, entry, line, field, List.of(names), logged);
    }

    /** Every one of them. */
    static List<Wrong> all() {
        List<Wrong> all = new ArrayList<>(manifests());
        all.addAll(node());
        all.addAll(java());
        all.addAll(triggers());
        return all;
    }

    private static List<Wrong> manifests() {
        return List.of(
                manifest("an impossible value", "function: hello\nmemory: lots\n", 3, "memory")
                        .telling("lots"),
                manifest(
                                "several mistakes at once",
                                "functon: hello\ncpu: -1\nmemory: lots\n",
                                2,
                                "functon")
                        .telling("did you mean function?", "cpu", "-1", "memory", "lots"),
                new Wrong(
                        "an entry that leaves the archive",
                        GOOD.with("../evil.js", "// out"),
                        Reason.ARCHIVE_UNSAFE,
                        "../evil.js",
                        null,
                        null,
                        List.of("../evil.js"),
                        ""));
    }

    private static List<Wrong> node() {
        return List.of(
                failed(
                        "a runtime that nobody has",
                        GOOD.with("slipway.yaml", MANIFEST + "function: hello\nruntime: cobol61\n"),
                        Reason.BUILD_FAILED,
                        "cobol61"),
                failed(
                        "Node.js: no package.json and no function",
                        GOOD.without("package.json").without("index.js").with("notes.txt", "?"),
                        Reason.BUILD_FAILED,
                        "package.json"),
                failed(
                        "Node.js: a mistake of syntax",
                        GOOD.with("index.js", "exports.hello = (request, response => {\n"),
                        Reason.BUILD_FAILED,
                        "SyntaxError"),
                failed(
                        "Node.js: a dependency that does not exist",
                        GOOD.withPackage("\"dependencies\": {\"nothing\": \"file:nothing.tgz\"}"),
                        Reason.BUILD_FAILED,
                        "nothing.tgz"),
                failed(
                        "Node.js: a function that does not exist",
                        GOOD.with("slipway.yaml", MANIFEST + "function: goodbye\n"),
                        Reason.REVISION_FAILED,
                        "goodbye"),
                failed(
                        "Node.js: a crash at start",
                        GOOD.with("index.js", "throw new Error('no luck');\n"),
                        Reason.REVISION_FAILED,
                        "no luck"),
                failed(
                        "Node.js: a program that never listens",
                        GOOD.with("index.js", "console.log('thinking'); for (;;) {}\n"),
                        Reason.REVISION_FAILED,
                        "thinking"));
    }

    private static List<Wrong> java() {
        return List.of(
                failed("Java: no pom.xml", JAVA.without("pom.xml"), Reason.BUILD_FAILED, "pom.xml"),
                failed(
                        "Java: a mistake of syntax",
                        Sample.java("out.getWriter().write(;"),
                        Reason.BUILD_FAILED,
                        "Hello.java"),
                failed(
                        "Java: a dependency that does not exist",
                        JAVA.withDependency("dev.slipway.sample", "nothing", "1.0"),
                        Reason.BUILD_FAILED,
                        "dev.slipway.sample:nothing"),
                failed(
                        "Java: a class that does not exist",
                        JAVA.with("slipway.yaml", MANIFEST + "function: functions.Goodbye\n"),
                        Reason.BUILD_FAILED,
                        "functions.Goodbye"),
                failed(
                        "Java: a crash at start",
                        JAVA.withMember("public Hello() { throw new Error(\"no luck\"); }"),
                        Reason.REVISION_FAILED,
                        "no luck"),
                failed(
                        "Java: a program that never listens",
                        JAVA.withMember(
                                "public Hello() throws Exception {"
                                        + " System.out.println(\"thinking\");"
                                        + " Thread.currentThread().join(); }"),
                        Reason.REVISION_FAILED,
                        "thinking"));
    }

    private static List<Wrong> triggers() {
        return List.of(
                refused("pubsub: {topic: no-such-one}", "triggers.pubsub.topic", "no-such-one"),
                refused(
                        "storage: {bucket: no-such-bucket, event: finalized}",
                        "triggers.storage.bucket",
                        "no-such-bucket"));
    }

    private static Wrong refused(String trigger, String field, String target) {
        return new Wrong(
                "a trigger on what does not exist, " + field,
                triggered(trigger),
                Reason.TRIGGER_REFUSED,
                null,
                null,
                field,
                List.of(target),
                "");
    }

    private static Sample triggered(String trigger) {
        return GOOD.with(
                "slipway.yaml", MANIFEST + "function: hello\ntriggers:\n  - " + trigger + "\n");
    }

    @Override
    public String toString() {
        return what;
    }
}
