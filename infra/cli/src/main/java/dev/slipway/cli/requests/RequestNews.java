package dev.slipway.cli.requests;

import com.google.cloud.storage.Storage;
import dev.slipway.cli.answers.AnswerSource;
import dev.slipway.cli.answers.BucketAnswer;
import dev.slipway.cli.answers.StoredNews;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.RequestAnswer;
import java.util.Optional;
import java.util.function.Supplier;

/** What is heard of a request. */
public sealed interface RequestNews {
    /** The answer to the request itself, which stands beside it. */
    record OfRequest(RequestAnswer answer) implements RequestNews {}

    /** The answer to the deployment that it began, which stands where drops are answered. */
    record OfDeployment(Answer answer) implements RequestNews {}

    /** Reads what is new: of the deployment once there is one. */
    static Supplier<Optional<RequestNews>> of(Asked asked, String dropBucket, Storage storage) {
        StoredNews<RequestAnswer> request =
                new StoredNews<>(
                        storage,
                        asked.object().bucket(),
                        asked.answerObject(),
                        RequestAnswer::parse);
        AnswerSource deployment = new BucketAnswer(storage, dropBucket, asked.object().object());
        return asked.request().kind().deploys()
                ? () ->
                        request.news()
                                .<RequestNews>map(OfRequest::new)
                                .or(() -> deployment.news().map(OfDeployment::new))
                : () -> request.news().map(OfRequest::new);
    }
}
