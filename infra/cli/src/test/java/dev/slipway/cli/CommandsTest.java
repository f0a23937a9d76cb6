package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.installation.Checkout;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What every command's help owes to who reads it. */
class CommandsTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("^ *(?:[A-Z_]+=\\S+ )?\\./slipway ([^#|;&>\\n]+)", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    private static CommandLine line() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return Slipway.line(
                new Workbench(
                        Map.of(),
                        new Checkout(Path.of("")),
                        nowhere,
                        nowhere,
                        false,
                        InstantSource.system(),
                        _ -> {}));
    }

    static Stream<String> commands() {
        return line().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void saysWhatItDoesAndWhatItsExitCodesMean(String command) {
        String help = of(command).getUsageMessage();

        assertThat(help.replaceAll("\\s+", " "))
                .contains("Exit code: 0 ", "2 wrong usage", "--help");
        assertThat(of(command).getCommandSpec().usageMessage().description()).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void hasExamplesThatCanBeTyped(String command) {
        List<List<String>> examples = examples(command);

        assertThat(examples).isNotEmpty().anyMatch(words -> words.getFirst().equals(command));
        examples.forEach(words -> line().parseArgs(words.toArray(String[]::new)));
    }

    private static CommandLine of(String command) {
        return Objects.requireNonNull(line().getSubcommands().get(command));
    }

    private static List<List<String>> examples(String command) {
        String[] footer = of(command).getCommandSpec().usageMessage().footer();
        return EXAMPLE.matcher(String.join("\n", footer))
                .results()
                .map((MatchResult example) -> words(example.group(1).split("   ", -1)[0]))
                .toList();
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        WORD.matcher(text)
                .results()
                .map(
                        word ->
                                Stream.of(word.group(1), word.group(2), word.group(3))
                                        .filter(group -> group != null)
                                        .findFirst()
                                        .orElseThrow())
                .forEach(words::add);
        return words;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void describesEveryOption(String command) {
        assertThat(of(command).getCommandSpec().options())
                .allSatisfy(option -> assertThat(describes(option)).isTrue());
    }

    private static boolean describes(CommandLine.Model.OptionSpec option) {
        return option.hidden() || option.description().length > 0;
    }
}
