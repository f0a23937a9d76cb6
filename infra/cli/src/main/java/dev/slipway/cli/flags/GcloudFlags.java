package dev.slipway.cli.flags;

import dev.slipway.cli.terminal.Problem;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of gcloud that a command takes, and what was typed of them. */
public final class GcloudFlags {
    private static final String HEADING =
            "%nWhat the manifest says, as gcloud run deploy and gcloud functions deploy say it;"
                    + "%nan option counts for more than slipway.yaml, and the folder is not touched:%n";

    /** No flag was typed. */
    public static final GcloudFlags NONE = new GcloudFlags(List.of());

    private final List<Typed> typed;

    /** One flag and its values, in the order of application. */
    record Typed(Flag flag, String name, List<String> values) {}

    private GcloudFlags(List<Typed> typed) {
        this.typed = List.copyOf(typed);
    }

    /** Lets a command take them. */
    public static void addTo(CommandSpec command) {
        ArgGroupSpec.Builder group =
                ArgGroupSpec.builder().heading(HEADING).exclusive(false).validate(false).order(1);
        Flags.all().forEach(flag -> group.addArg(option(flag)));
        command.addArgGroup(group.build());
        KnownNames.all().keySet().forEach(name -> command.addOption(hidden(name, "0..1")));
        KnownNames.AS_IT_IS.forEach(name -> command.addOption(hidden(name, "0")));
        command.addOption(hidden("--platform", "1"));
    }

    private static OptionSpec option(Flag flag) {
        return OptionSpec.builder(flag.names().toArray(String[]::new))
                .type(flag.takesValue() ? List.class : boolean.class)
                .auxiliaryTypes(flag.takesValue() ? String.class : boolean.class)
                .arity(flag.takesValue() ? "1" : "0")
                .paramLabel(flag.label())
                .hideParamSyntax(true)
                .description(flag.description())
                .build();
    }

    private static OptionSpec hidden(String name, String arity) {
        OptionSpec.Builder option = OptionSpec.builder(name).hidden(true).arity(arity);
        return arity.equals("0")
                ? option.type(boolean.class).build()
                : option.type(String.class).fallbackValue("").build();
    }

    /**
     * What was typed.
     *
     * @throws Problem if an option of gcloud is among it that does nothing here
     */
    public static GcloudFlags typed(ParseResult parsed) {
        KnownNames.all()
                .forEach(
                        (name, nextStep) -> {
                            if (parsed.hasMatchedOption(name)) {
                                throw refused(name, nextStep);
                            }
                        });
        if (!"managed".equals(parsed.matchedOptionValue("--platform", "managed"))) {
            throw refused("--platform", "Only --platform managed is what Slipway deploys to.");
        }
        List<Typed> typed = new ArrayList<>();
        for (Flag flag : Flags.all()) {
            OptionSpec option = parsed.matchedOption(flag.names().getFirst());
            if (option != null) {
                typed.add(new Typed(flag, name(flag, parsed), option.stringValues()));
            }
        }
        refuseContradiction(typed, "--allow-unauthenticated", "--no-allow-unauthenticated");
        return new GcloudFlags(typed);
    }

    private static Problem refused(String name, String nextStep) {
        return Problem.usage(
                name
                        + (KnownNames.isNotYet(name)
                                ? " is an option of gcloud that Slipway does not support yet"
                                : " is an option of gcloud that drop does not take"),
                nextStep);
    }

    /** The alias that was typed. */
    private static String name(Flag flag, ParseResult parsed) {
        return flag.names().stream()
                .filter(
                        name ->
                                parsed.originalArgs().stream()
                                        .anyMatch(
                                                word ->
                                                        word.equals(name)
                                                                || word.startsWith(name + "=")))
                .findFirst()
                .orElse(flag.names().getFirst());
    }

    private static void refuseContradiction(List<Typed> typed, String one, String other) {
        List<String> names = typed.stream().map(Typed::name).toList();
        if (names.contains(one) && names.contains(other)) {
            throw Problem.usage(one + " and " + other + " contradict each other", "Keep one.");
        }
    }

    /** Whether there is nothing to write into a manifest. */
    public boolean isEmpty() {
        return typed.isEmpty();
    }

    /** The first one's name, for a sentence about all. */
    public String first() {
        return typed.getFirst().name();
    }

    void make(Edit edit) {
        typed.forEach(one -> one.flag().change().make(edit, one.name(), one.values()));
    }
}
