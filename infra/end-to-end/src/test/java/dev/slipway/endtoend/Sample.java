package dev.slipway.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A small function's source, changed in one place or another. Paths are the archive's entries. */
record Sample(Map<String, byte[]> files) {
    private static final String PACKAGE =
            """
            {"name": "sample", "version": "1.0.0", "private": true, "main": "index.js"%s}
            """;

    /** A function that answers a text. */
    static Sample saying(String text) {
        return new Sample(Map.of())
                .with("package.json", PACKAGE.formatted(""))
                .with("slipway.yaml", "apiVersion: slipway.dev/v1\nfunction: hello\n")
                .with(
                        "index.js",
                        "exports.hello = (request, response) => response.send('%s');\n"
                                .formatted(text));
    }

    /** The same whose build does this first; its image is nobody else's. */
    static Sample building(String text, String script) {
        return saying(text)
                .withPackage("\"scripts\": {\"gcp-build\": \"node -e \\\"" + script + "\\\"\"}");
    }

    private static final String POM =
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>sample</groupId>
              <artifactId>sample</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.source>17</maven.compiler.source>
                <maven.compiler.target>17</maven.compiler.target>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
                <dependency>
                  <groupId>com.google.cloud.functions</groupId>
                  <artifactId>functions-framework-api</artifactId>
                  <version>1.1.0</version>
                  <scope>provided</scope>
                </dependency>
              </dependencies>
            </project>
            """;
    private static final String CLASS =
            """
            package functions;

            import com.google.cloud.functions.HttpFunction;
            import com.google.cloud.functions.HttpRequest;
            import com.google.cloud.functions.HttpResponse;

            public class Hello implements HttpFunction {
              @Override
              public void service(HttpRequest in, HttpResponse out) throws Exception { STATEMENT }
            }
            """;
    private static final String CLASS_FILE = "src/main/java/functions/Hello.java";

    /** A function in Java that does this with {@code in} and {@code out}. */
    static Sample java(String statement) {
        return new Sample(Map.of())
                .with("pom.xml", POM)
                .with("slipway.yaml", "apiVersion: slipway.dev/v1\nfunction: functions.Hello\n")
                .with(CLASS_FILE, CLASS.replace("STATEMENT", statement));
    }

    /** The same function in Java with one more member of its class. */
    Sample withMember(String member) {
        return with(CLASS_FILE, text(CLASS_FILE).replaceFirst("\\}\\s*$", member + " }\n"));
    }

    /** The same function in Java that depends on more. */
    Sample withDependency(String group, String artifact, String version) {
        return with(
                "pom.xml",
                text("pom.xml")
                        .replace(
                                "<dependencies>",
                                """
                                <dependencies>
                                    <dependency>
                                      <groupId>%s</groupId>
                                      <artifactId>%s</artifactId>
                                      <version>%s</version>
                                    </dependency>\
                                """
                                        .formatted(group, artifact, version)));
    }

    private String text(String entry) {
        return new String(files.getOrDefault(entry, new byte[0]), StandardCharsets.UTF_8);
    }

    /** The same, and this file besides or instead. */
    Sample with(String entry, String content) {
        return with(entry, content.getBytes(StandardCharsets.UTF_8));
    }

    Sample with(String entry, byte[] content) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.put(entry, content);
        return new Sample(changed);
    }

    /** The same without this file. */
    Sample without(String entry) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.remove(entry);
        return new Sample(changed);
    }

    /** The same with more in its {@code package.json}. */
    Sample withPackage(String fields) {
        return with("package.json", PACKAGE.formatted(", " + fields));
    }

    /** The same with so many bytes besides that no compression makes fewer. */
    Sample with(int files, int bytesEach) {
        Random random = new Random(files);
        Sample larger = this;
        for (int number = 0; number < files; number++) {
            byte[] content = new byte[bytesEach];
            random.nextBytes(content);
            larger = larger.with("data/" + number + ".bin", content);
        }
        return larger;
    }

    /** Writes it as a folder. */
    Path folder(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling("."));
            Files.write(path, file.getValue());
        }
        return directory;
    }

    /** Its bytes as a gzipped tar, the form in which sources are built. */
    byte[] tarGz() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Writes it as a zip. */
    Path zip(Path archive) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return archive;
    }
}
