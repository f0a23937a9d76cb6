package dev.slipway.cli;

import dev.slipway.cli.terminal.Distance;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was probably meant, and where the rest is taught, instead of teaching all of it. */
final class Mistyped implements IParameterExceptionHandler {
    private static final int MOST_SUGGESTED = 3;

    @Override
    public int handleParseException(ParameterException mistake, String[] args) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("slipway: " + sentence(mistake));
        err.println("  See " + name(command) + " --help.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String sentence(ParameterException mistake) {
        if (!(mistake instanceof UnmatchedArgumentException unknown)) {
            return String.valueOf(mistake.getMessage());
        }
        CommandLine command = unknown.getCommandLine();
        String word = unknown.getUnmatched().getFirst().replaceFirst("=.*", "");
        boolean option = word.startsWith("-");
        String what = word + (option ? " is no option of " : " is not known to ") + name(command);
        List<String> close = close(word, option ? options(command) : commands(command));
        return close.isEmpty() ? what : what + "; did you mean " + String.join(" or ", close) + "?";
    }

    private static Stream<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> Stream.of(option.names()));
    }

    private static Stream<String> commands(CommandLine command) {
        return command.getSubcommands().keySet().stream();
    }

    private static List<String> close(String word, Stream<String> known) {
        int near = Math.max(1, word.replace("-", "").length() / 3);
        return known.filter(name -> Distance.between(word, name) <= near)
                .sorted(Comparator.comparingInt(name -> Distance.between(word, name)))
                .limit(MOST_SUGGESTED)
                .map(name -> name.startsWith("-") ? name : "./slipway " + name)
                .toList();
    }

    private static String name(CommandLine command) {
        return "./" + command.getCommandSpec().qualifiedName();
    }
}
