package dev.slipway.cli.answers;

import java.util.Optional;

/** What can be known of those who should answer, beside their answers. */
public interface Surroundings {
    /** Why no answer can be read any more; nothing while one can. */
    Optional<String> lost();

    /** Who is gone without whom the deployment waits; nothing while nobody is. */
    Optional<String> missing();

    /** Who has not taken the drop, where nobody has answered for a while. */
    String silent();
}
