package dev.slipway.ledger.google;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.StorageOptions;
import dev.slipway.ledger.ObjectStore.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object with its generation in one request, for which Google's client needs two: a
 * download tells the generation in a header, but the client keeps that to itself.
 */
final class OneRequestRead {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final HttpRequestFactory requests;
    private final String objects;

    /** Reads with the credentials, the headers and the connections of these options. */
    OneRequestRead(StorageOptions options, String bucket) {
        HttpTransportOptions transport = (HttpTransportOptions) options.getTransportOptions();
        this.requests =
                transport
                        .getHttpTransportFactory()
                        .create()
                        .createRequestFactory(transport.getHttpRequestInitializer(options));
        this.objects = options.getHost() + "/storage/v1/b/" + bucket + "/o/";
    }

    /** How an attempt ended. */
    sealed interface Answer {
        /** The object. */
        record Found(Stored stored) implements Answer {}

        /** There is none. */
        record Absent() implements Answer {}

        /**
         * Nothing is to be asked now.
         *
         * @param asked for how long; zero where it does not say
         */
        record Busy(int status, Duration asked) implements Answer {}

        /** Anything else, which Google's client knows how to try again. */
        record Unclear() implements Answer {}
    }

    Answer read(String name) {
        try {
            HttpRequest request = requests.buildGetRequest(url(name));
            request.setThrowExceptionOnExecuteError(false);
            request.setNumberOfRetries(0);
            HttpResponse response = request.execute();
            try {
                return answer(name, response);
            } finally {
                response.disconnect();
            }
        } catch (IOException _) {
            return new Answer.Unclear();
        }
    }

    private GenericUrl url(String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return new GenericUrl(objects + encoded + "?alt=media", true);
    }

    private static Answer answer(String name, HttpResponse response) throws IOException {
        HttpHeaders headers = response.getHeaders();
        if (response.getStatusCode() == NOT_FOUND) {
            return new Answer.Absent();
        }
        Duration asked = AskedPause.in(response.getStatusCode(), headers);
        if (response.getStatusCode() == TOO_MANY_REQUESTS || asked.isPositive()) {
            return new Answer.Busy(response.getStatusCode(), asked);
        }
        Optional<Long> generation = number(headers.getFirstHeaderStringValue("x-goog-generation"));
        Optional<Instant> modified = time(headers.getLastModified());
        if (response.getStatusCode() != OK || generation.isEmpty() || modified.isEmpty()) {
            return new Answer.Unclear();
        }
        byte[] body;
        try (InputStream content = response.getContent()) {
            body = content == null ? new byte[0] : content.readAllBytes();
        }
        return isWhole(headers, body)
                ? new Answer.Found(
                        new Stored(
                                name,
                                body,
                                generation.get(),
                                updated(generation.get(), modified.get())))
                : new Answer.Unclear();
    }

    /** A connection that broke must not make a torn object of a whole one. */
    private static boolean isWhole(HttpHeaders headers, byte[] body) {
        return number(headers.getFirstHeaderStringValue("x-goog-stored-content-length"))
                .filter(length -> length == body.length)
                .isPresent();
    }

    /**
     * The header tells whole seconds. A generation is, as it happens, the microseconds of its
     * creation, and what is written once is not changed later; no documentation promises that, so
     * it is believed only where it agrees with the header.
     */
    static Instant updated(long generation, Instant modified) {
        Instant created =
                Instant.EPOCH.plus(generation, ChronoUnit.MICROS).truncatedTo(ChronoUnit.MILLIS);
        return Duration.between(modified, created).abs().compareTo(TOLERANCE) < 0
                ? created
                : modified;
    }

    private static Optional<Long> number(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Long::parseLong);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
                    .map(ZonedDateTime::toInstant);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
