package dev.slipway.cli.answers;

import java.util.Optional;

/** What can be known of those who should answer, beside their answers. */
public interface Surroundings {
    /** Why no answer can be read any more; nothing while one can. */
    Optional<String> lost();

    /** Who is gone without whom the deployment waits; nothing while nobody is. */
    Optional<String> missing();

    /** That this stage is paused, and how it goes on; nothing where it is not, or nobody knows. */
    Optional<String> paused(String stage);

    /** How the worker of this stage is, where nobody has answered for a while. */
    String silent(String stage, String brought);
}
