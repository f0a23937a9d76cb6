package dev.slipway.deploy.decide;

import dev.slipway.deploy.decide.DeployStep.AdjustTrigger;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.CreateTrigger;
import dev.slipway.deploy.decide.DeployStep.DeleteTrigger;
import dev.slipway.ledger.Waiting;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A service's triggers on their way to those that are wanted: what is missing is made, then made
 * ready, and only then is the rest taken away, so that no event finds nobody to go to.
 */
public final class Convergence {
    private final List<TriggerPlan> wanted;
    private final List<TriggerSeen> standing;

    private Convergence(List<TriggerPlan> wanted, List<TriggerSeen> standing) {
        this.wanted = wanted;
        this.standing = standing;
    }

    /** The next step; empty once they are the same. */
    public static Optional<DeployStep> next(List<TriggerPlan> wanted, List<TriggerSeen> standing) {
        Convergence convergence = new Convergence(wanted, standing);
        return convergence.towardsReady().or(convergence::surplus);
    }

    /** The next step until every wanted one is ready; others may still stand then. */
    static Optional<DeployStep> towardsReady(List<TriggerPlan> wanted, List<TriggerSeen> standing) {
        return new Convergence(wanted, standing).towardsReady();
    }

    /** The next step until none but the wanted ones stand; the wanted ones need not. */
    static Optional<DeployStep> surplus(List<TriggerPlan> wanted, List<TriggerSeen> standing) {
        return new Convergence(wanted, standing).surplus();
    }

    private Optional<DeployStep> towardsReady() {
        return first(this::missing).or(() -> first(this::different)).or(() -> first(this::unready));
    }

    private Optional<DeployStep> first(Function<TriggerPlan, Optional<DeployStep>> step) {
        return wanted.stream().flatMap(plan -> step.apply(plan).stream()).findFirst();
    }

    private Stream<TriggerSeen> seen(TriggerPlan plan) {
        return standing.stream().filter(trigger -> trigger.id().equals(plan.id()));
    }

    private Optional<DeployStep> missing(TriggerPlan plan) {
        return seen(plan).findAny().isPresent()
                ? Optional.empty()
                : Optional.of(new CreateTrigger(plan));
    }

    private Optional<DeployStep> different(TriggerPlan plan) {
        return seen(plan)
                .filter(trigger -> trigger.failure() == null && trigger.delivery() != null)
                .filter(trigger -> !plan.delivery().equals(trigger.delivery()))
                .findFirst()
                .map(trigger -> new AdjustTrigger(plan, trigger));
    }

    private Optional<DeployStep> unready(TriggerPlan plan) {
        return seen(plan)
                .filter(trigger -> trigger.failure() != null || trigger.delivery() == null)
                .findFirst()
                .map(trigger -> new Await(Waiting.Cause.PLATFORM, why(plan, trigger)));
    }

    private static String why(TriggerPlan plan, TriggerSeen trigger) {
        String which = "the trigger " + plan.id() + " for " + plan.words();
        return trigger.failure() == null
                ? which + " has no subscription yet"
                : which + " does not work: " + trigger.failure();
    }

    private Optional<DeployStep> surplus() {
        return standing.stream()
                .filter(trigger -> wanted.stream().noneMatch(p -> p.id().equals(trigger.id())))
                .findFirst()
                .map(DeleteTrigger::new);
    }
}
