package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;

/** Whatever README.md and CONTRIBUTING.md tell people to type works as it stands there. */
@OnOwnInstallation
@Order(8)
@SuppressWarnings("NullAway.Init") // set before all tests
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Duration LONGEST = Duration.ofMinutes(4);

    /** Not run: these tests are a part of it. */
    private static final Set<String> LEFT_OUT = Set.of("mvn verify");

    /** The folder that README.md has people write. */
    private static final String STARTED = "hello";

    private static Installation installation;

    @BeforeAll
    static void prepare() throws IOException {
        assertThat(Installation.checkout().resolve(STARTED)).doesNotExist();
        installation = new Installation("");
    }

    @AfterAll
    static void stop() throws Exception {
        installation.saveLogs("ReadmeTest");
        installation.close();
        Installation.remove(Installation.checkout().resolve(STARTED));
    }

    @TestFactory
    Stream<DynamicTest> everyCommand() throws IOException {
        List<String> blocks = blocks();
        assertThat(blocks).hasSizeGreaterThan(2).anyMatch(block -> block.contains("drop"));
        return Stream.concat(
                blocks.stream()
                        .map(block -> DynamicTest.dynamicTest(title(block), () -> run(block))),
                Stream.of(DynamicTest.dynamicTest("nothing is left running", this::nothingRuns)));
    }

    private static List<String> blocks() {
        Path checkout = Installation.checkout();
        return Stream.of("README.md", "CONTRIBUTING.md")
                .flatMap(page -> BLOCK.matcher(read(checkout.resolve(page))).results())
                .map((MatchResult block) -> block.group(1))
                .filter(block -> !LEFT_OUT.contains(block.strip()))
                .toList();
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String title(String block) {
        return block.lines().findFirst().orElse("").strip();
    }

    private static void run(String block) throws Exception {
        assumeTrue(
                !block.contains("gcloud ") || Tools.installed("gcloud"),
                "gcloud is not installed: " + title(block));
        Path checkout = Installation.checkout();
        Run run =
                Run.of(
                        checkout,
                        installation.environment(),
                        LONGEST,
                        List.of("sh", "-euxc", block));
        run.exits(0);
    }

    private void nothingRuns() throws Exception {
        installation.slipway("down").exits(0);
        assertThat(installation.leftovers()).isEmpty();
    }
}
