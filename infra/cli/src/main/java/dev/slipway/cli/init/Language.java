package dev.slipway.cli.init;

import java.util.Locale;
import java.util.Map;

/** The languages that a starter folder can be written in. */
public enum Language {
    /** Node.js, without dependencies. */
    NODE("hello", "the function that index.js exports", "nodejs22", "256Mi", "package.json"),
    /** Java 17 and newer, with Maven. */
    JAVA("functions.Hello", "the class that implements it", "java25", "512Mi", "pom.xml");

    private final String function;
    private final String what;
    private final String runtime;
    private final String memory;
    private final String build;

    Language(String function, String what, String runtime, String memory, String build) {
        this.function = function;
        this.what = what;
        this.runtime = runtime;
        this.memory = memory;
        this.build = build;
    }

    private String lower() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Paths in the folder and the templates that they are made of. */
    Map<String, String> files(Starter.Trigger trigger) {
        String code = lower() + "/" + trigger.lower() + (this == NODE ? ".js" : ".java");
        return Map.of(
                this == NODE ? "index.js" : "src/main/java/functions/Hello.java",
                code,
                build,
                lower() + "/" + build,
                "slipway.yaml",
                trigger.lower() + ".yaml");
    }

    /** What stands for the words in a template. */
    Map<String, String> words(String name, String source) {
        return Map.of(
                "name", name,
                "function", function,
                "what", what,
                "runtime", runtime,
                "memory", memory,
                "source", source);
    }
}
