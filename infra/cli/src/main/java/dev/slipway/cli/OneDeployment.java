package dev.slipway.cli;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Shown;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ServiceChange;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.Versioned;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** The deployment that a command is about, by its id. */
final class OneDeployment {
    @Parameters(
            index = "0",
            paramLabel = "DEPLOYMENT",
            description = "Its id, which drop and status tell: d and 19 letters and digits.")
    private String typed = "";

    /** A deployment that the ledger knows, and whose it is. */
    record Known(DeploymentId id, ServiceKey service, DeploymentRecord record) {}

    /**
     * The deployment that was meant.
     *
     * @param command what to type it after
     * @throws Problem if there is none
     */
    Known in(Cloud cloud, Ledger ledger, String command) {
        DeploymentId id = DeploymentId.parse(typed).orElseThrow(() -> noId(ledger, command));
        DeploymentRecord record =
                ledger.deployment(id)
                        .map(Versioned::value)
                        .orElseThrow(() -> unknown(id, cloud, ledger));
        ServiceKey service = record.service();
        if (service == null) {
            throw Problem.failed(
                    id + " is of no service: " + Shown.of(record.drop().object()) + " names none",
                    "Its answer says what is wrong with the name.");
        }
        return new Known(id, service, record);
    }

    /** Who types a service's name is told its newest deployment. */
    private Problem noId(Ledger ledger, String command) {
        Optional<DeploymentId> newest =
                ledger.services().stream()
                        .map(ServiceChange::service)
                        .filter(key -> key.service().value().equals(typed))
                        .findFirst()
                        .map(ledger::service)
                        .map(ServiceEntry::newest)
                        .map(ServiceEntry.Newest::deployment);
        return newest.map(
                        id ->
                                Problem.usage(
                                        Shown.of(typed)
                                                + " is a service; its newest deployment is "
                                                + id,
                                        "./slipway " + command + " " + id))
                .orElseGet(
                        () ->
                                Problem.usage(
                                        Shown.of(typed)
                                                + " is no deployment's id; one is d and 19 of a-z"
                                                + " and 2-7",
                                        "./slipway list --open tells the ids of those under way,"
                                                + " ./slipway list the newest of each service."));
    }

    private static Problem unknown(DeploymentId id, Cloud cloud, Ledger ledger) {
        String there = "deployments/" + id + " of gs://" + cloud.ledgerBucket();
        return ledger.marker(id).isPresent()
                ? Problem.failed(
                        id + " has only just arrived: there is no " + there + " yet",
                        "Try it again in a moment.")
                : Problem.failed(
                        "there is no deployment " + id + ": no " + there,
                        "./slipway list --open tells the ids of those under way, ./slipway list"
                                + " the newest of each service.");
    }
}
