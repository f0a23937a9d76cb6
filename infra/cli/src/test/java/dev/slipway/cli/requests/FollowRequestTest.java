package dev.slipway.cli.requests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.answers.Pace;
import dev.slipway.cli.answers.Surroundings;
import dev.slipway.cli.drop.Upload;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowRequestTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final ServiceKey HELLO =
            new ServiceKey("europe-west1", new ServiceName("hello"));
    private static final Upload OBJECT =
            new Upload("ledger", "requests/europe-west1/hello/a.json", 7, NOON);
    private static final String ID = OBJECT.deployment().value();
    private static final DeploymentId OTHER = new DeploymentId("daaaaaaaaaaaaaaaaaaa");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<JsonNode> documents = new ArrayList<>();
    private Instant now = NOON;
    private Optional<String> lost = Optional.empty();
    private Optional<String> paused = Optional.empty();

    private final Surroundings surroundings =
            new Surroundings() {
                @Override
                public Optional<String> lost() {
                    return lost;
                }

                @Override
                public Optional<String> missing() {
                    return Optional.empty();
                }

                @Override
                public Optional<String> paused(String stage) {
                    return paused.map(text -> stage + text);
                }

                @Override
                public String silent(String stage, String brought) {
                    return stage + "-worker sleeps over " + brought;
                }
            };

    private static Asked asked(Request request) {
        return new Asked(HELLO, request, OBJECT);
    }

    /** The answer to the request, with these fields besides. */
    private static RequestNews answer(String fields) {
        return RequestAnswer.parse(
                        """
                        {"request": "%s", "kind": "rollback", "service": "hello",
                         "region": "europe-west1", "generation": "7",
                         "order": "1767268800000-00000000000000000007-ledger/%s", %s}
                        """
                                .formatted(ID, OBJECT.object(), fields)
                                .getBytes(UTF_8))
                .map(RequestNews.OfRequest::new)
                .orElseThrow();
    }

    private static RequestNews deployment(String state, String fields) {
        return Answer.parse(
                        """
                        {"deployment": "%s", "service": "hello", "region": "europe-west1",
                         "object": "%s", "generation": "7", "state": "%s",
                         "order": "1767268800000-00000000000000000007-ledger/r",
                         "steps": [{"state": "VERIFIED", "at": "2026-01-01T12:00:01Z"},
                           {"state": "%s", "at": "2026-01-01T12:00:05Z"}], "logTail": [] %s}
                        """
                                .formatted(ID, OBJECT.object(), state, state, fields)
                                .getBytes(UTF_8))
                .map(RequestNews.OfDeployment::new)
                .orElseThrow();
    }

    private String people(Asked asked, RequestNews... news) {
        Terminal terminal = new Terminal(new PrintStream(said, true, UTF_8), false, false);
        follow(asked, new TellingPeople(terminal), news);
        return said.toString(UTF_8);
    }

    private RequestEnd programs(Asked asked, RequestNews... news) {
        return follow(
                asked,
                new TellingRequestToPrograms(document -> documents.add(tree(document))),
                news);
    }

    private static JsonNode tree(Object document) {
        try {
            return Json.read(Json.write(document), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RequestEnd follow(Asked asked, TellingRequest telling, RequestNews... news) {
        Deque<RequestNews> rest = new ArrayDeque<>(Arrays.asList(news));
        Pace pace = new Pace(Pace.OFTEN, () -> now, duration -> now = now.plus(duration));
        RequestEnd end =
                new FollowRequest(asked, "deploy", telling.asked(asked), pace)
                        .untilDone(
                                () -> Optional.ofNullable(rest.poll()),
                                surroundings,
                                Duration.ofMinutes(1));
        telling.ended(asked, end, Duration.ofSeconds(2));
        return end;
    }

    @Test
    void tellsWhatARollbackWaitsForAndWhatServesInTheEnd() {
        assertThat(
                        people(
                                asked(Request.rollback(null)),
                                answer("\"state\": \"RECEIVED\""),
                                answer(
                                        "\"state\": \"WAITING\", \"waitingFor\": \"another"
                                                + " rollout\""),
                                answer(
                                        "\"state\": \"DONE\", \"outcome\": \"DONE\","
                                                + " \"revision\": \"hello-1\", \"url\":"
                                                + " \"http://h\"")))
                .isEqualTo(
                        """
                        asked to roll back hello in europe-west1
                        waiting for another rollout
                        done          2.0 s

                        hello in europe-west1 is rolled back to hello-1 at http://h
                          curl http://h
                        """);
    }

    @Test
    void aRefusalTellsItsReasonAndWhoseTurnItIs() {
        assertThat(
                        people(
                                asked(Request.rollback("hello-9")),
                                answer(
                                        "\"state\": \"DONE\", \"outcome\": \"REFUSED\","
                                                + " \"refusal\": \"NO_SUCH_REVISION\","
                                                + " \"turn\": \"YOU\","
                                                + " \"message\": \"There is hello-1.\","
                                                + " \"nextStep\": \"Name one of these.\"")))
                .isEqualTo(
                        """
                        asked to roll back hello in europe-west1 to hello-9
                        refused       2.0 s

                        refused to roll back hello in europe-west1 to hello-9
                          There is hello-1.
                          refused: NO_SUCH_REVISION
                          your turn: Name one of these.
                        """);
    }

    @Test
    void aDryRunListsWhatWouldGoAndHowItGoes() {
        assertThat(
                        people(
                                asked(Request.undeploy(true)),
                                answer(
                                        "\"state\": \"DONE\", \"outcome\": \"DONE\","
                                                + " \"wouldDelete\": [\"service hello\", \"trigger"
                                                + " hello-t\"]")))
                .endsWith(
                        """
                        undeploying hello in europe-west1 takes
                          - service hello
                          - trigger hello-t
                          ./slipway undeploy hello --yes
                        """);
    }

    @Test
    void theDeploymentThatARedriveBeginsIsToldAsADropIs() {
        assertThat(
                        people(
                                asked(Request.redrive(OTHER)),
                                answer("\"state\": \"DONE\", \"outcome\": \"DONE\""),
                                deployment("BUILDING", ""),
                                deployment(
                                        "DONE", ", \"outcome\": \"LIVE\", \"url\": \"http://h\"")))
                .isEqualTo(
                        """
                        asked to deploy again what daaaaaaaaaaaaaaaaaaa of hello in europe-west1 deployed
                        verified      1.0 s
                        building      5.0 s
                        live          5.0 s

                        hello in europe-west1 is live at http://h
                          curl http://h
                        """);
    }

    @Test
    void exitCodesAreThoseOfDrop() {
        assertThat(
                        programs(
                                asked(Request.hold()),
                                answer("\"state\":\"DONE\",\"outcome\":\"DONE\"")))
                .extracting(RequestEnd::exitCode)
                .isEqualTo(0);
        assertThat(
                        programs(
                                asked(Request.hold()),
                                answer("\"state\": \"DONE\", \"outcome\": \"SUPERSEDED\"")))
                .extracting(RequestEnd::exitCode)
                .isEqualTo(1);
        assertThat(
                        programs(
                                asked(Request.redeploy()),
                                deployment("DONE", ", \"outcome\": \"FAILED\"")))
                .extracting(RequestEnd::exitCode)
                .isEqualTo(1);
        assertThat(programs(asked(Request.hold()))).extracting(RequestEnd::exitCode).isEqualTo(3);
    }

    @Test
    void programsGetTheRequestThenItsAnswerLast() {
        programs(
                asked(Request.hold()),
                answer("\"state\": \"RECEIVED\""),
                answer("\"state\": \"DONE\", \"outcome\": \"DONE\""));

        assertThat(documents).hasSize(3);
        assertThat(documents.getFirst().path("state").asText()).isEqualTo("ASKED");
        assertThat(documents.getFirst().path("kind").asText()).isEqualTo("hold");
        assertThat(documents.getFirst().path("request").asText()).isEqualTo(ID);
        assertThat(documents.getLast().path("outcome").asText()).isEqualTo("DONE");
    }

    @Test
    void aPausedStageIsToldWhereNobodyAnswers() {
        paused = Optional.of("-worker is paused");

        assertThat(people(asked(Request.hold())))
                .isEqualTo(
                        """
                        asked to hold hello in europe-west1
                        deploy-worker is paused
                        nothing new was heard for 60 s; the request goes on, its answer comes to\
                         gs://ledger/requests/europe-west1/hello/a.answer.json
                        """);
    }

    @Test
    void endsAtOnceWhenNoAnswerCanComeAnyMore() {
        lost = Optional.of("local-cloud is gone");

        assertThat(programs(asked(Request.hold())))
                .isEqualTo(new RequestEnd.Lost("local-cloud is gone"));
        assertThat(now).isEqualTo(NOON);
        assertThat(documents.getLast().path("state").asText()).isEqualTo("LOST_FROM_SIGHT");
    }

    @Test
    void aRedriveThatIsRefusedEndsThere() {
        assertThat(
                        programs(
                                asked(Request.redrive(OTHER)),
                                answer(
                                        "\"state\": \"DONE\", \"outcome\": \"REFUSED\","
                                                + " \"refusal\": \"NO_SOURCE\"")))
                .isInstanceOf(RequestEnd.Answered.class)
                .extracting(RequestEnd::exitCode)
                .isEqualTo(1);
    }

    @Test
    void aDeploymentThatARequestBeganGoesOnWhenItIsNotFollowed() {
        assertThat(
                        people(
                                asked(Request.redeploy()),
                                answer("\"state\": \"DONE\", \"outcome\": \"DONE\"")))
                .endsWith(
                        "nothing new was heard for 60 s; the deployment goes on: ./slipway status"
                                + " hello tells where it is\n");
    }

    @Test
    void anAnswerToAnotherRequestIsPassedOver() {
        RequestAnswer other =
                RequestAnswer.parse(
                                """
                                {"request": "%s", "service": "hello", "region": "europe-west1",
                                 "generation": "7", "order": "1", "state": "DONE",
                                 "outcome": "DONE"}
                                """
                                        .formatted(OTHER)
                                        .getBytes(UTF_8))
                        .orElseThrow();

        assertThat(programs(asked(Request.hold()), new RequestNews.OfRequest(other)))
                .isEqualTo(new RequestEnd.StillGoing(Duration.ofMinutes(1)));
    }
}
