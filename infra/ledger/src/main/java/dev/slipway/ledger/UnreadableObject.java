package dev.slipway.ledger;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * An object of the ledger that does not parse, or is missing where another names it: it is left as
 * it is and somebody must look.
 */
public final class UnreadableObject extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final String kind;
    private final String object;
    private final String awaited;

    private UnreadableObject(
            String name, String problem, String details, @Nullable Throwable cause) {
        super("the ledger's object " + name + " " + problem + details, cause);
        this.kind = name.substring(0, Math.max(0, name.indexOf('/')));
        this.object = name;
        this.awaited = "your operator to mend " + name + " of the ledger, which " + problem;
    }

    static UnreadableObject torn(String name, Throwable cause) {
        return new UnreadableObject(
                name, "does not parse", "; it is left as it is: " + cause.getMessage(), cause);
    }

    static UnreadableObject missing(String name) {
        return new UnreadableObject(name, "is missing", ", though another object names it", null);
    }

    static UnreadableObject altered(String name) {
        return new UnreadableObject(
                name, "has other content than its name says", "; it is left as it is", null);
    }

    /** Its name in the ledger's bucket. */
    public String object() {
        return object;
    }

    /**
     * What is waited for by whoever cannot go on without it, for people; nothing of its content.
     */
    public String awaited() {
        return awaited;
    }

    /** The first part of the object's name: {@code deployments}, {@code services} and so on. */
    public String kind() {
        return kind;
    }
}
