package dev.slipway.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was probably meant, and where the rest is taught, instead of teaching all of it. */
final class Mistyped implements IParameterExceptionHandler {
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
        String word = unknown.getUnmatched().getFirst();
        String what =
                word.startsWith("-")
                        ? word + " is no option of " + name(unknown.getCommandLine())
                        : word + " is not known to " + name(unknown.getCommandLine());
        List<String> close =
                unknown.getSuggestions().stream().map(Mistyped::plain).distinct().toList();
        return close.isEmpty() ? what : what + "; did you mean " + String.join(" or ", close) + "?";
    }

    /** picocli puts the program's name before a command. */
    private static String plain(String suggestion) {
        return suggestion.replaceFirst("^slipway ", "./slipway ");
    }

    private static String name(CommandLine command) {
        return "./" + command.getCommandSpec().qualifiedName();
    }
}
