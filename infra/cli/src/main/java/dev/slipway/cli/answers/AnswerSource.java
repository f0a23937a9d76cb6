package dev.slipway.cli.answers;

import dev.slipway.contracts.Answer;
import java.util.Optional;

/** Where one object's answer is read. */
@FunctionalInterface
public interface AnswerSource {
    /** The answer if it changed since it was asked for last; the first time, if there is one. */
    Optional<Answer> news();
}
