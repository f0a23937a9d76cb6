package dev.slipway.local;

import dev.slipway.contracts.Topology;
import io.grpc.Status;
import java.util.Optional;

/** The service accounts that exist here: those of the topology, by their e-mail addresses. */
public final class Accounts {
    private static final String RESOURCE = "projects/[^/]+/serviceAccounts/";

    private final Callers callers;
    private final Topology topology;
    private final String project;

    /** The accounts of the one project. */
    public Accounts(Settings settings, Callers callers) {
        this.callers = callers;
        this.topology = Topology.of(settings.project(), settings.installation());
        this.project = settings.project();
    }

    /** The id of the identity whose account this is; empty where nobody has that address. */
    public Optional<String> identity(String email) {
        return topology.identities().stream()
                .filter(one -> one.email(project).equals(email))
                .findFirst()
                .map(Topology.Identity::id);
    }

    /** The address in {@code projects/…/serviceAccounts/EMAIL} or in an address alone. */
    public static String email(String account) {
        return account.replaceFirst("^" + RESOURCE, "");
    }

    /**
     * Refuses the current call unless its caller may act as this account, and it exists.
     *
     * @param field where the account was named
     * @throws io.grpc.StatusRuntimeException PERMISSION_DENIED, then NOT_FOUND, as somebody who may
     *     not act as an account is not told whether it exists
     */
    public void requireActAs(String field, String account) {
        String email = email(account);
        Optional<String> identity = identity(email);
        callers.require("iam.serviceAccounts.actAs", "identity:" + identity.orElse(email), "");
        if (identity.isEmpty()) {
            throw Status.NOT_FOUND
                    .withDescription(
                            "%s: there is no service account %s; there are %s"
                                    .formatted(
                                            field,
                                            email,
                                            topology.identities().stream()
                                                    .map(one -> one.email(project))
                                                    .toList()))
                    .asRuntimeException();
        }
    }
}
