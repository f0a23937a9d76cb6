package dev.slipway.cli;

import dev.slipway.cli.answers.Ending;
import dev.slipway.cli.answers.Follow;
import dev.slipway.cli.answers.TellingMany;
import dev.slipway.cli.demo.Proof;
import dev.slipway.cli.demo.Proofs;
import dev.slipway.cli.demo.Sample;
import dev.slipway.cli.demo.Senders;
import dev.slipway.cli.demo.StageTimes;
import dev.slipway.cli.drop.Planned;
import dev.slipway.cli.flags.GcloudFlags;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.Installation;
import dev.slipway.cli.installation.UpSettings;
import dev.slipway.cli.services.Services;
import dev.slipway.cli.terminal.Columns;
import dev.slipway.cli.terminal.Elapsed;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole chain: three functions, three ways to call one. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts slipway where it is not up, drops three functions at once (one that answers"
                    + " HTTP, one in Java that gets a bucket's new objects, one that gets a topic's"
                    + " messages), sends something to each, and waits until each has answered or"
                    + " logged it. The first time takes minutes: Java's libraries are fetched.",
            "Exit code: 0 all three answered, 1 not, 2 wrong usage."
        },
        footer = {"", "Examples:", "  ./slipway demo", "  ./slipway demo --stop"})
final class Demo implements Callable<Integer> {
    private static final Path SAMPLES = Path.of("infra", "samples");
    private static final String HTTP = "hello-node";
    private static final String STORAGE = "hello-java-storage";
    private static final String PUBSUB = "hello-node-pubsub";
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Workbench bench;

    @Mixin private final AsJson json = new AsJson();

    @Option(
            names = "--stop",
            description =
                    "Stop everything at the end, also after a failure; what was deployed is"
                            + " kept.")
    private boolean stop;

    Demo(Workbench bench) {
        this.bench = bench;
    }

    /**
     * What is printed as JSON.
     *
     * @param services the answers to the three drops
     * @param proofs that each got what it was sent
     */
    record Document(List<Answer> services, List<Evidence> proofs) {}

    /** One proof; times in milliseconds. */
    record Evidence(String service, String sent, String seen, long afterMillis) {
        static Evidence of(Proof proof) {
            return new Evidence(
                    proof.service(), proof.sent(), proof.seen(), proof.after().toMillis());
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = json.terminal(bench);
        Installation installation = bench.installation(terminal);
        try {
            return run(installation, terminal);
        } finally {
            if (stop) {
                terminal.line("");
                installation.down(false);
            }
        }
    }

    private int run(Installation installation, Terminal terminal) {
        Instant began = bench.clock().instant();
        Cloud cloud = new Cloud.Local(installation.up(UpSettings.defaults()));
        String region = cloud.region().orElseThrow();
        List<Sample> samples =
                Stream.of(HTTP, STORAGE, PUBSUB)
                        .map(name -> bench.checkout().root().resolve(SAMPLES).resolve(name))
                        .map(folder -> Sample.at(folder, region, cloud.project()))
                        .toList();
        Senders senders = new Senders(cloud);
        make(samples, senders, region, terminal);
        List<Ending> endings = drop(samples, cloud, terminal);
        if (Ending.exitCode(endings) != Ending.WELL) {
            terminal.line("");
            terminal.line("not all of it is live; read why above, or with ./slipway logs NAME");
            return 1;
        }
        List<Proof> proofs = prove(samples, cloud, region, senders, terminal);
        List<Answer> answers = answers(endings);
        if (json.asked()) {
            AsJson.print(bench, new Document(answers, proofs.stream().map(Evidence::of).toList()));
        }
        tell(answers, proofs, Duration.between(began, bench.clock().instant()), terminal);
        return 0;
    }

    private static void make(
            List<Sample> samples, Senders senders, String region, Terminal terminal) {
        terminal.line("");
        for (Sample sample : samples) {
            sample.bucket()
                    .ifPresent(
                            bucket ->
                                    terminal.line(
                                            "gs://"
                                                    + bucket
                                                    + made(senders.makeBucket(bucket, region))));
            sample.topic()
                    .ifPresent(
                            topic ->
                                    terminal.line(
                                            "topic " + topic + made(senders.makeTopic(topic))));
        }
    }

    private static String made(boolean made) {
        return made ? " is made" : " is there";
    }

    private List<Ending> drop(List<Sample> samples, Cloud cloud, Terminal terminal) {
        List<Planned> planned = Planned.all(samples.stream().map(Sample::folder).toList(), null);
        return new Drops(
                        bench,
                        cloud,
                        Around.of(bench, cloud, terminal),
                        new Drops.Wish(null, cloud.project(), GcloudFlags.NONE, PATIENCE),
                        new TellingMany(terminal, planned))
                .run(planned);
    }

    private List<Proof> prove(
            List<Sample> samples, Cloud cloud, String region, Senders senders, Terminal terminal) {
        Proofs proofs =
                new Proofs(
                        cloud,
                        new Services(cloud, bench.ledger(cloud)),
                        terminal,
                        bench.clock(),
                        bench.pause());
        String mark = "demo-" + bench.clock().instant().toEpochMilli();
        List<Proof> seen = new ArrayList<>();
        terminal.line("");
        for (Sample sample : samples) {
            ServiceKey key = new ServiceKey(region, new ServiceName(sample.service()));
            Proof proof = prove(sample, key, mark, senders, proofs);
            terminal.line(
                    terminal.good(
                            proof.service()
                                    + " got "
                                    + proof.sent()
                                    + " and said after "
                                    + Elapsed.of(proof.after())
                                    + ":"));
            terminal.line("  " + proof.seen());
            seen.add(proof);
        }
        return seen;
    }

    private Proof prove(
            Sample sample, ServiceKey key, String mark, Senders senders, Proofs proofs) {
        Instant now = bench.clock().instant();
        if (sample.bucket().isPresent()) {
            String object = mark + ".txt";
            senders.upload(sample.bucket().get(), object);
            return proofs.logged(key, "gs://" + sample.bucket().get() + "/" + object, object, now);
        }
        if (sample.topic().isPresent()) {
            senders.publish(sample.topic().get(), mark);
            return proofs.logged(
                    key, "the message " + mark + " of " + sample.topic().get(), mark, now);
        }
        return proofs.called(key);
    }

    private static List<Answer> answers(List<Ending> endings) {
        List<Answer> answers = new ArrayList<>();
        for (Ending ending : endings) {
            if (ending instanceof Ending.Followed(_, _, Follow.End.Finished(Answer answer), _)) {
                answers.add(answer);
            }
        }
        return answers;
    }

    private void tell(List<Answer> answers, List<Proof> proofs, Duration took, Terminal terminal) {
        terminal.line("");
        StageTimes.of(answers, proofs).forEach(terminal::line);
        terminal.line("");
        terminal.line("all three answered, " + Elapsed.of(took) + " after the start");
        if (stop) {
            return;
        }
        terminal.line("");
        Columns.of(
                        List.of(
                                List.of("  ./slipway call " + HTTP, "call it again"),
                                List.of(
                                        "  ./slipway call " + PUBSUB + " --event pubsub --data hi",
                                        "send it an event"),
                                List.of("  ./slipway logs " + STORAGE + " -f", "read what it says"),
                                List.of("  ./slipway status", "what runs, and what was deployed"),
                                List.of("  ./slipway down", "stop everything")))
                .forEach(terminal::line);
    }
}
