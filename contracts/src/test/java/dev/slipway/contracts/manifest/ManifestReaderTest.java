package dev.slipway.contracts.manifest;

import static dev.slipway.contracts.manifest.Manifests.CLOSED;
import static dev.slipway.contracts.manifest.Manifests.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
"""
memory: 12Q                | 9  | memory is '12Q'; allowed is a quantity from 128M to 32Gi, such as 512Mi or 1Gi; in profile functions also 256M or a number of megabytes
memory: 64Gi               | 9  | memory is '64Gi'; allowed is a quantity from 128M to 32Gi, such as 512Mi or 1Gi; in profile functions also 256M or a number of megabytes
memory: {a: b}             | 9  | memory is a map; allowed is a quantity from 128M to 32Gi, such as 512Mi or 1Gi; in profile functions also 256M or a number of megabytes
memory: 256                | 9  | memory is 256; allowed is a quantity from 128M to 32Gi, such as 512Mi or 1Gi; in profile functions also 256M or a number of megabytes
cpu: 3                     | 6  | cpu is 3; allowed is 1, 2, 4, 6, 8, or from 0.08 to 0.99 in steps of 0.01; thousandths as in 500m, too
cpu: 0.333                 | 6  | cpu is 0.333; allowed is 1, 2, 4, 6, 8, or from 0.08 to 0.99 in steps of 0.01; thousandths as in 500m, too
cpu: 4                     | 6  | cpu is 4 with memory 512Mi; 4 CPUs and more need at least 2Gi
concurrency: 0             | 14 | concurrency is 0; allowed is a whole number from 1 to 1000, or default
concurrency: many          | 14 | concurrency is 'many'; allowed is a whole number from 1 to 1000, or default
concurrency: 1.5           | 14 | concurrency is 1.5; allowed is a whole number from 1 to 1000, or default
{cpu: .5, concurrency: 2}  | 24 | concurrency is 2 with cpu 0.5; more than 1 needs at least 1 CPU
timeout: 2h                | 10 | timeout is '2h'; allowed is a time from 1s to 3600s, such as 300, 90s, 5m or 1h
timeout: 0                 | 10 | timeout is 0; allowed is a time from 1s to 3600s, such as 300, 90s, 5m or 1h
minInstances: -1           | 15 | minInstances is -1; allowed is a whole number from 0 on, or default
minInstances: 101          | 15 | minInstances leaves at least 101 and at most 100 instances, which none can
port: 70000                | 7  | port is 70000; allowed is a whole number from 1 to 65535, or default
runtime: node              | 10 | runtime is 'node'; allowed is a language and a version, such as nodejs22
profile: fast              | 10 | profile is 'fast'; allowed is run or functions
apiVersion: v2             | 13 | apiVersion is 'v2'; allowed is slipway.dev/v1
service: other             | 10 | service is 'other'; allowed is 'hello', which the object's name says
region: us-central1        | 9  | region is 'us-central1'; allowed is 'europe-west1', which the object's name says
access: everybody          | 9  | access is 'everybody'; allowed is private or public
memroy: 1Gi                | 1  | memroy is no field of a manifest; did you mean memory?
min-instances: 1           | 1  | min-instances is no field of a manifest; did you mean minInstances?
colour: blue               | 1  | colour is no field of a manifest
source: .                  | 1  | source is no field of a manifest: the drop itself is the source
allowUnauthenticated: true | 1  | allowUnauthenticated is no field of a manifest: who may call the service is said by the field access
vpcConnector: c            | 1  | vpcConnector is not supported yet; take it out
serviceAccount: a@b        | 1  | serviceAccount is not supported yet; take it out
build: {workerPool: projects/p/locations/r/workerPools/w} | 9  | build.workerPool is not supported yet; take it out
build: {evn: {}}           | 9  | build.evn is no field of a manifest; did you mean env?
signatureType: events      | 16 | signatureType is 'events'; allowed is http, cloudevent, event or typed; with a trigger that sends events cloudevent or event
{function: f, signatureType: http, triggers: [{pubsub: {}}]} | 30 | signatureType is 'http' with a trigger that sends events; allowed with one are cloudevent and event
{function: f, signatureType: typed, triggers: [{storage: {bucket: bbb}}]} | 30 | signatureType is 'typed' with a trigger that sends events; allowed with one are cloudevent and event
{signatureType: event}     | 17 | signatureType stands without function; a web application has no signature type
triggers: [{eventarc: {type: t}}] | 13 | triggers[0].eventarc is not supported yet; take it out
triggers: [{pubsub: {topic: t}}] | 29 | triggers[0].pubsub.topic is 't'; allowed is a topic's name: a letter, then letters, digits and - _ . ~ + %, 3 to 255 in all, not starting with goog
triggers: [{pubsub: {topic: google-x}}] | 29 | triggers[0].pubsub.topic is 'google-x'; allowed is a topic's name: a letter, then letters, digits and - _ . ~ + %, 3 to 255 in all, not starting with goog
triggers: [{pubsub: {topic: projects/other/topics/orders}}] | 29 | triggers[0].pubsub.topic is 'projects/other/topics/orders', which is in another project; allowed is a topic of the project my-project
triggers: [{pubsub: {topik: orders}}] | 22 | triggers[0].pubsub.topik is no field of a manifest; did you mean topic?
triggers: [{pubsub: {retry: true}}] | 22 | triggers[0].pubsub.retry is not supported yet; take it out
triggers: [{pubsub: {path: photos}}] | 28 | triggers[0].pubsub.path is 'photos'; allowed is a path that starts with /, without ? and #, such as /photos
triggers: [{pubsub: {maxDeliveryAttempts: 4}}] | 43 | triggers[0].pubsub.maxDeliveryAttempts is 4; allowed is a whole number from 5 to 100
triggers: [{pubsub: {minimumBackoff: 11m}}] | 38 | triggers[0].pubsub.minimumBackoff is '11m'; allowed is a time from 0s to 600s, such as 10, 10s or 5m, no longer than maximumBackoff
triggers: [{pubsub: {minimumBackoff: 1m, maximumBackoff: 30s}}] | 38 | triggers[0].pubsub.minimumBackoff is 60s with maximumBackoff 30s; it cannot be longer
triggers: [{pubsub: {topic: orders}}, {pubsub: {topic: projects/my-project/topics/orders}}] | 39 | triggers[1] is a second trigger for the topic 'orders' with the path '/'; keep one
triggers: [{storage: {}}] | 22 | triggers[0].storage is a map; allowed is a map with bucket, and where wanted event, path, maxDeliveryAttempts, minimumBackoff and maximumBackoff
triggers: [{storage: {bucket: Photos}}] | 31 | triggers[0].storage.bucket is 'Photos'; allowed is a bucket's name: a-z, 0-9, - _ and ., 3 to 63 between dots, a-z or 0-9 first and last, without goog at the start and google
triggers: [{storage: {bucket: 10.0.0.1}}] | 31 | triggers[0].storage.bucket is '10.0.0.1'; allowed is a bucket's name: a-z, 0-9, - _ and ., 3 to 63 between dots, a-z or 0-9 first and last, without goog at the start and google
triggers: [{storage: {bucket: photos, event: deleted}}] | 46 | triggers[0].storage.event is 'deleted', which is not supported yet; allowed is finalized
triggers: [{storage: {bucket: photos}}, {storage: {bucket: gs://photos/, minimumBackoff: 1s}}] | 41 | triggers[1] is a second trigger for objects finalized in the bucket 'photos' with the path '/'; keep one
triggers: [{http: {}}, {http: {}}] | 24 | triggers[1] is a second http trigger; keep one
triggers: [{cron: {}}]     | 13 | triggers[0].cron is no field of a manifest; allowed here: http, pubsub, storage
triggers: {http: {}}       | 11 | triggers is a map; allowed is a list of at most 20 triggers, such as - http: {}
triggers: [http]           | 12 | triggers[0] is 'http'; allowed is exactly one of http, pubsub, storage and eventarc
env: [A]                   | 6  | env is a list; allowed is a map of names to texts
env: {PORT: "1"}           | 7  | env.PORT is reserved; allowed is any name but PORT, K_*, X_GOOGLE_*
env: {K_SERVICE: x}        | 7  | env.K_SERVICE is reserved; allowed is any name but PORT, K_*, X_GOOGLE_*
env: {SECRET: 1234}        | 15 | env.SECRET is a number without quotes; allowed is a text; put numbers and true, false in quotes
env: {"A=B": x}            | 7  | env.A=B is no name that can be; allowed is a map of names to texts
build: {env: {GOOGLE_FUNCTION_TARGET: x}} | 15 | build.env.GOOGLE_FUNCTION_TARGET is reserved; allowed is any name but PORT, K_*, X_GOOGLE_*, GOOGLE_FUNCTION_*, GOOGLE_ENTRYPOINT, GOOGLE_RUNTIME, GOOGLE_RUNTIME_VERSION
labels: {Team: x}          | 10 | labels.Team is no name that can be; allowed is at most 64 labels; a name starts with a-z and has a-z, 0-9, _ and -, at most 63
labels: {team: X}          | 16 | labels.team is 'X'; allowed is lower-case letters, digits, _ and -, at most 63
startupProbe: {httpGet: {path: x}} | 32 | startupProbe.httpGet.path is 'x'; allowed is a path that starts with /
startupProbe: {httpGet: {}, grpc: {}} | 15 | startupProbe has httpGet and grpc; allowed is one of them
triggers: [{http: {retry: true}}] | 20 | triggers[0].http.retry is no field of a manifest
kmsKey: k                  | 1  | kmsKey is no field of a manifest: the key is named by the field key
{function: f, profile: functions, timeout: 9m1s, triggers: [{storage: {bucket: bbb}}]} | 44 | timeout is 541s with a trigger that sends events; allowed with one in profile functions are at most 540s
startupProbe: {timeoutSeconds: 20} | 32 | startupProbe.timeoutSeconds makes a try of 20 s every 10 s; a try must be over first
""")
    void eachMistakeIsNamedWithPlaceAndRemedy(String yaml, int column, String message) {
        assertThat(problems(yaml + "\nfunction: f\n".repeat(yaml.startsWith("{") ? 0 : 1)))
                .containsExactly("line 1, column " + column + ": " + message);
    }

    /** Nothing deploys these options yet; what is wrong with them is said all the same. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
"""
gpu: 1                                              | gpu is 1 with cpu 1 and memory 512Mi; a GPU needs at least 4 CPUs and 8Gi
{min: 3, max: 2}                                    | max leaves at least 3 and at most 2 instances, which none can
{function: f, command: [node]}                      | command stands beside function, which has a command of its own; keep one of them
{vpcConnector: c, networkTags: [t]}                 | vpcConnector stands beside network, subnet or networkTags; keep one way into a network
networkTags: [t]                                    | networkTags stands without network and subnet
vpcEgress: all-traffic                              | vpcEgress stands without vpcConnector, network and subnet
key: projects/p/locations/us-east1/keyRings/r/cryptoKeys/k | key is 'projects/p/locations/us-east1/keyRings/r/cryptoKeys/k'; allowed is a key in europe-west1
encryptionKeyShutdownHours: 2                       | encryptionKeyShutdownHours stands without postKeyRevocationActionType: shut-down
secrets: {K_A: s:1}                                 | secrets.K_A is reserved; allowed is any name but PORT, K_*, X_GOOGLE_*
{env: {A: x}, secrets: {A: s:1}}                    | secrets.A stands in env, too; keep one of them
secrets: {/a/x: one:1, /a/y: two:1}                 | secrets./a/y puts a second secret into the folder '/a'; give each its own
secrets: {A: projects/other/secrets/s/versions/1}   | secrets.A is a secret of another project; allowed is one of the project my-project
secrets: {A: hunter2}                               | secrets.A is a text; allowed is a reference to a version, SECRET:VERSION, such as api-key:latest or api-key:3, never the secret itself
volumes: [{name: v, type: nfs}]                     | volumes[0] is of type nfs without location
volumes: [{name: v, type: in-memory, bucket: bbb}]  | volumes[0].bucket is nothing that a volume of type in-memory has; it has sizeLimit
volumes: [{name: v, type: in-memory}, {name: v, type: in-memory}] | volumes[1].name is a second volume 'v'; keep one
{executionEnvironment: gen1, volumes: [{name: v, type: cloud-storage, bucket: bbb}]} | executionEnvironment is 'gen1' with a volume of type cloud-storage or nfs, which needs gen2
volumeMounts: [{volume: v, mountPath: /v}]          | volumeMounts[0].volume is 'v', which is none of volumes
{volumes: [{name: v, type: in-memory}, {name: w, type: in-memory}], volumeMounts: [{volume: v, mountPath: /v}, {volume: w, mountPath: /v}]} | volumeMounts[1].mountPath is '/v' a second time; keep one
{volumes: [{name: v, type: cloudsql, instances: [i]}], volumeMounts: [{volume: v, mountPath: /v}]} | volumeMounts[0].mountPath is '/v'; allowed for cloudsql is /cloudsql
containers: [{name: a, image: i}, {name: a, image: i}] | containers[1].name is a second container 'a'; keep one
containers: [{name: a, image: i, port: 1}, {name: b, image: i, port: 2}] | containers[1].port is a second port that requests come to; keep one
containers: [{name: a, image: i, dependsOn: [b]}]   | containers[0].dependsOn[0] is 'b', which is no other container
containers: [{name: a, image: i, env: {PORT: "1"}}] | containers[0].env.PORT is reserved; allowed is any name but PORT, K_*, X_GOOGLE_*
containers: [{name: a, image: i, livenessProbe: {timeoutSeconds: 11}}] | containers[0].livenessProbe.timeoutSeconds makes a try of 11 s every 10 s; a try must be over first
livenesProbe: {}                                    | livenesProbe is no field of a manifest; did you mean livenessProbe?
livenessProbe: {period: 5}                          | livenessProbe.period is no field of a manifest; allowed here: initialDelaySeconds, timeoutSeconds, periodSeconds, failureThreshold, httpGet, grpc
""")
    void whatIsWrongWithAnOptionOfLaterIsSaidToo(String yaml, String message) {
        assertThat(problems(yaml))
                .filteredOn(problem -> !problem.endsWith(" is not supported yet; take it out"))
                .singleElement()
                .asString()
                .endsWith(": " + message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
"""
`function: "f`            | line 1, column 13: slipway.yaml is no YAML: found unexpected end of stream
`a: &x 1`                 | line 1, column 4: slipway.yaml has an anchor; write the value where it is needed
`a: *x`                   | line 1, column 4: slipway.yaml has an alias; write the value out
`a: !!str 1`              | line 1, column 4: slipway.yaml has the tag tag:yaml.org,2002:str; write the value without
`a: !!java.net.URL [x]`   | line 1, column 4: slipway.yaml has the tag tag:yaml.org,2002:java.net.URL; write the value without
`[a]: b`                  | line 1, column 1: slipway.yaml has a field whose name is no text
`- a`                     | line 1, column 1: the manifest is a list; allowed is a map of fields
`hello`                   | line 1, column 1: the manifest is 'hello'; allowed is a map of fields
`%YAML 3.0`               | line 1, column 1: slipway.yaml is no YAML: found incompatible YAML document (version 1.* is required)
""")
    void whatIsNoPlainYamlIsRefused(String yaml, String problem) {
        assertThat(problems(yaml)).contains(problem);
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(problems("function: f\n---\nfunction: g\n"))
                .containsExactly("line 2, column 1: slipway.yaml has a second document; keep one");
    }

    @Test
    void aFieldThatStandsThereTwiceIsRefused() {
        assertThat(problems("function: f\nmemory: 1Gi\nfunction: g\n"))
                .containsExactly("line 3, column 1: function stands there twice; keep one");
    }

    @Test
    void deepNestingIsRefusedBeforeItHurts() {
        assertThat(problems("[".repeat(20_000)))
                .singleElement()
                .asString()
                .contains("nested deeper than 16 levels");
    }

    @Test
    void tooManyBytesAreRefusedUnread() {
        assertThat(problems("#".repeat(65_537)))
                .containsExactly("line 1, column 1: slipway.yaml has more than 65536 bytes");
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        ManifestReading reading =
                ManifestReader.read(new byte[] {'a', (byte) 0xe4}, "hello", "europe-west1", CLOSED);
        assertThat(reading)
                .isEqualTo(
                        new ManifestReading.Invalid(
                                List.of(
                                        new Problem(
                                                1,
                                                1,
                                                "",
                                                "",
                                                "slipway.yaml is not UTF-8; save it as UTF-8"))));
    }

    @Test
    void allMistakesAreNamedAtOnceInTheirOrder() {
        assertThat(
                        problems(
                                """
                                profile: fast
                                memory: lots
                                vpcConnector: c
                                concurency: 5
                                env:
                                  PORT: "1"
                                  TOKEN: 5
                                timeout: 2h
                                """))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactly(
                        "line 1, column 10",
                        "line 2, column 9",
                        "line 3, column 1",
                        "line 4, column 1",
                        "line 6, column 3",
                        "line 7, column 10",
                        "line 8, column 10");
    }

    @Test
    void allMistakesOfOptionsOfLaterAreNamedAtOnce() {
        assertThat(
                        problems(
                                """
                                memory: 1Gi
                                gpu: 1
                                secrets: { A: hunter2, PORT: s:1 }
                                volumes:
                                  - { name: v, type: nfs, locaton: "s:/" }
                                livenessProbe: { periodSeconds: 0 }
                                key: k
                                """))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactly(
                        "line 2, column 1",
                        "line 2, column 6",
                        "line 3, column 1",
                        "line 3, column 15",
                        "line 3, column 24",
                        "line 4, column 1",
                        "line 5, column 27",
                        "line 6, column 1",
                        "line 6, column 33",
                        "line 7, column 1",
                        "line 7, column 6");
    }

    @Test
    void allMistakesOfTriggersAreNamedAtOnce() {
        assertThat(
                        problems(
                                """
                                function: f
                                signatureType: http
                                triggers:
                                  - pubsub: { topic: o }
                                  - storage: { bukket: photos }
                                  - storage: { bucket: photos, event: archived, path: "?" }
                                  - http: {}
                                  - http: {}
                                """))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactly(
                        "line 2, column 16",
                        "line 4, column 22",
                        "line 5, column 16",
                        "line 6, column 39",
                        "line 6, column 55",
                        "line 8, column 5");
    }

    @Test
    void variablesAreCountedAndMeasured() {
        String many =
                IntStream.range(0, 51)
                        .mapToObj(number -> "  V" + number + ": x\n")
                        .collect(Collectors.joining());
        assertThat(problems("function: f\nenv:\n" + many))
                .containsExactly("line 3, column 3: env has 51 variables; allowed are at most 50");
        assertThat(problems("function: f\nenv: {LONG: " + "x".repeat(32_768) + "}"))
                .containsExactly(
                        "line 2, column 13: env.LONG has 32772 bytes with its name; allowed are at"
                                + " most 32768");
    }

    @Test
    void whatTheOperatorForbidsIsRefused() {
        assertThat(problems("function: f\naccess: public\n", CLOSED))
                .containsExactly(
                        "line 2, column 9: access is 'public', which your operator does not allow;"
                                + " allowed is private");
        ManifestReading elsewhere =
                ManifestReader.read(
                        "function: f".getBytes(StandardCharsets.UTF_8),
                        "hello",
                        "us-central1",
                        CLOSED);
        assertThat(elsewhere)
                .isEqualTo(
                        new ManifestReading.Invalid(
                                List.of(
                                        new Problem(
                                                1,
                                                1,
                                                "region",
                                                "a field",
                                                "region is 'us-central1'; your operator allows"
                                                        + " europe-west1"))));
    }

    @Test
    void aValueOfAVariableIsNeverRepeated() {
        for (String yaml :
                List.of(
                        "env: {A: hunter2\\0}",
                        "env: {A: \"hunter2\\0\"}",
                        "env: {A: [hunter2]}",
                        "env: A=hunter2",
                        "build: {env: A=hunter2}",
                        "secrets: A=hunter2",
                        "volumes: [{name: v, type: secret, secret: hunter2!}]",
                        "secrets: {A: hunter2}",
                        "secrets: {PORT: \"hunter2:1\"}",
                        "containers: [{name: a, image: i, env: {A: hunter2\\0}}]",
                        "containers: [{name: a, image: i, env: A=hunter2}]",
                        "containers: [{name: a, image: i, secrets: {A: hunter2}}]",
                        "build: {env: {A: {hunter2: x}}}")) {
            ManifestReading reading = Manifests.read("memory: lots\n" + yaml, CLOSED);
            assertThat(reading.toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void namesAreShownHarmless() {
        assertThat(problems("\"a\\e[31m\": x\nfunction: f"))
                .containsExactly("line 1, column 1: a\\u{1b}[31m is no field of a manifest");
    }
}
