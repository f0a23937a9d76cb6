package dev.slipway.cli.init;

import dev.slipway.cli.drop.NamedService;
import dev.slipway.cli.terminal.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A folder that can be dropped as it is.
 *
 * @param source the topic or bucket whose events call it; unused for HTTP
 */
public record Starter(Language language, Trigger trigger, String source) {
    /** What calls the function. */
    public enum Trigger {
        /** HTTP requests. */
        HTTP,
        /** Messages of a Pub/Sub topic. */
        TOPIC,
        /** Objects of a bucket. */
        BUCKET;

        String lower() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Writes it.
     *
     * @return the files' paths inside the folder
     * @throws Problem if one of them is there already; then nothing is written
     */
    public List<String> write(Path folder) {
        String name = NamedService.nearest(folder.getFileName().toString()).service().value();
        Map<String, String> files = new TreeMap<>(language.files(trigger));
        for (String file : files.keySet()) {
            if (Files.exists(folder.resolve(file))) {
                throw Problem.usage(
                        folder.resolve(file) + " is there already, and nothing is overwritten",
                        "Name another folder: ./slipway init FOLDER.");
            }
        }
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.resolveSibling("."));
                Files.writeString(
                        path, filled(file.getValue(), name), StandardOpenOption.CREATE_NEW);
            }
        } catch (IOException e) {
            throw Problem.failed(
                    "cannot write into " + folder + ": " + e.getMessage(),
                    "Name a folder that you may write.",
                    e);
        }
        return List.copyOf(files.keySet());
    }

    private String filled(String template, String name) {
        String text = read(template);
        for (Map.Entry<String, String> word : language.words(name, source).entrySet()) {
            text = text.replace("{{" + word.getKey() + "}}", word.getValue());
        }
        return text;
    }

    private static String read(String template) {
        try (InputStream in =
                Objects.requireNonNull(Starter.class.getResourceAsStream(template), template)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own " + template + " is unreadable", e);
        }
    }
}
