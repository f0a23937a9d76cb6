package dev.slipway.kit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What may depend on what in a worker: its root package of verbs, {@code decide}, {@code gateway}
 * and {@code google}. The rules are lists of what is allowed, since a rule that forbids a misspelt
 * package is always kept.
 *
 * @param root the worker's root package, for example {@code dev.slipway.build}
 */
public record WorkerArchitecture(String root) {
    /** The JDK without I/O, logging and threads. */
    private static final DescribedPredicate<JavaClass> PURE_JAVA =
            resideInAnyPackage(
                            "java.lang",
                            "java.lang.annotation",
                            "java.lang.invoke",
                            "java.lang.runtime",
                            "java.math",
                            "java.nio.charset",
                            "java.security",
                            "java.text",
                            "java.time..",
                            "java.util",
                            "java.util.function",
                            "java.util.regex",
                            "java.util.stream")
                    .or(belongToAnyOf(IOException.class, UncheckedIOException.class));

    /** The ledger's records, their order and their moves; not the store behind them. */
    private static final DescribedPredicate<JavaClass> PURE_LEDGER =
            resideInAPackage("dev.slipway.ledger")
                    .and(
                            not(
                                    belongToAnyOf(
                                            Ledger.class,
                                            ObjectStore.class,
                                            Backoff.class,
                                            Pause.class)));

    private static final DescribedPredicate<JavaClass> SHARED =
            resideInAnyPackage(
                    "java..",
                    "org.jspecify.annotations",
                    "dev.slipway.contracts..",
                    "dev.slipway.ledger",
                    "dev.slipway.archive",
                    "dev.slipway.kit");

    private static final DescribedPredicate<JavaClass> FRAMEWORK =
            resideInAnyPackage(
                    "jakarta..",
                    "io.micrometer.core..",
                    "io.quarkus..",
                    "io.smallrye.config..",
                    "org.eclipse.microprofile..",
                    "org.jboss.logging..");

    /** Where time and randomness would come from by themselves; with what to use instead. */
    static final Map<String, Set<String>> REAL =
            Map.ofEntries(
                    Map.entry("java.time.Instant", Set.of("now")),
                    Map.entry("java.time.LocalDate", Set.of("now")),
                    Map.entry("java.time.LocalDateTime", Set.of("now")),
                    Map.entry("java.time.OffsetDateTime", Set.of("now")),
                    Map.entry("java.time.ZonedDateTime", Set.of("now")),
                    Map.entry("java.time.InstantSource", Set.of("system")),
                    Map.entry(
                            "java.time.Clock", Set.of("system", "systemUTC", "systemDefaultZone")),
                    Map.entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime")),
                    Map.entry("java.lang.Math", Set.of("random")),
                    Map.entry("java.lang.Thread", Set.of("sleep")),
                    Map.entry("java.util.UUID", Set.of("randomUUID")),
                    Map.entry("java.util.Random", Set.of("<init>")),
                    Map.entry("java.util.Date", Set.of("<init>")),
                    Map.entry("java.security.SecureRandom", Set.of("<init>", "getInstanceStrong")),
                    Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")),
                    Map.entry("java.util.random.RandomGenerator", Set.of("getDefault", "of")));

    /**
     * Who may know what time a machine's clock shows, to measure how long something lasts in this
     * process: by none of it anything is decided that others see.
     */
    private static final Set<String> KEEP_TIME =
            Set.of(
                    "Breaker",
                    "Breakers",
                    "BuildWindow",
                    "PubSubInbox",
                    "Shutdown",
                    "Spool",
                    "Wiring");

    /** Fails where a class of this worker breaks a rule. */
    public void check() {
        JavaClasses worker =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(root);
        boolean empty = worker.stream().allMatch(it -> it.getSimpleName().equals("package-info"));
        rules().forEach(rule -> rule.allowEmptyShould(empty).check(worker));
    }

    /** All rules. */
    List<ArchRule> rules() {
        return List.of(
                decideIsPure(),
                gatewaySpeaksTheWorkersWords(),
                theRootKnowsNoGoogle(),
                timeAndChanceComeFromOutside(),
                fewKeepTime(),
                noCycles());
    }

    ArchRule decideIsPure() {
        return classes()
                .that()
                .resideInAPackage(root + ".decide..")
                .should()
                .onlyDependOnClassesThat(
                        PURE_JAVA
                                .or(PURE_LEDGER)
                                .or(
                                        resideInAnyPackage(
                                                "org.jspecify.annotations",
                                                "dev.slipway.contracts..",
                                                root + ".decide.."))
                                .or(belongToAnyOf(FailureKind.class)))
                .because("what decides must give the same answer to the same facts, in any test");
    }

    ArchRule gatewaySpeaksTheWorkersWords() {
        return classes()
                .that()
                .resideInAPackage(root + ".gateway..")
                .should()
                .onlyDependOnClassesThat(
                        SHARED.or(resideInAnyPackage(root + ".decide..", root + ".gateway..")))
                .because("a gateway is the outside in the worker's own words");
    }

    ArchRule theRootKnowsNoGoogle() {
        return classes()
                .that(resideInAPackage(root + "..").and(not(resideInAPackage(root + ".google.."))))
                .should()
                .onlyDependOnClassesThat(
                        SHARED.or(FRAMEWORK)
                                .or(
                                        resideInAPackage(root + "..")
                                                .and(not(resideInAPackage(root + ".google..")))))
                .because("only google packages see Google, and nobody names them");
    }

    ArchRule timeAndChanceComeFromOutside() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and(
                        not(
                                DescribedPredicate.describe(
                                        "wire", it -> it.getSimpleName().equals("Wiring"))))
                .should()
                .callCodeUnitWhere(
                        DescribedPredicate.describe(
                                "it is the real clock, chance or sleep",
                                call -> isReal(call.getTarget())))
                .because("InstantSource, RandomGenerator and Pause come in through constructors");
    }

    ArchRule fewKeepTime() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and(
                        not(
                                DescribedPredicate.describe(
                                        "keep time", it -> KEEP_TIME.contains(it.getSimpleName()))))
                .should()
                .dependOnClassesThat(belongToAnyOf(InstantSource.class, Clock.class))
                .because("ages are storage's: a machine's own clock decides nothing");
    }

    private static boolean isReal(CodeUnitCallTarget target) {
        return REAL.getOrDefault(target.getOwner().getName(), Set.of()).contains(target.getName());
    }

    ArchRule noCycles() {
        return slices().matching("(" + root + "..)")
                .should()
                .beFreeOfCycles()
                .because("a reader who follows an import must get further");
    }
}
