package dev.slipway.contracts.manifest;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The serving container and those beside it, each by itself and among each other. */
record Containers(Given given, String service, Policy policy) {
    void check() {
        List<Given> beside = given.items("containers").toList();
        checkNames(beside);
        checkPorts(beside);
        for (Given container : beside) {
            Variables.of(container, false);
        }
        Stream.concat(Stream.of(given), beside.stream())
                .forEach(
                        container -> {
                            Probes.check(container);
                            new Secrets(container, policy).check();
                        });
    }

    private void checkNames(List<Given> beside) {
        Set<String> names = new HashSet<>();
        names.add(given.text("container", service + "-1"));
        for (Given container : beside) {
            String name = container.text("name", "");
            if (container.has("name") && !names.add(name)) {
                container.unfit("name", "is a second container '" + name + "'; keep one");
            }
        }
        checkOrder(given, given.text("container", service + "-1"), names);
        for (Given container : beside) {
            checkOrder(container, container.text("name", ""), names);
        }
    }

    private static void checkOrder(Given container, String own, Set<String> names) {
        Given order =
                new Given(
                        container.node("dependsOn"),
                        container.at("dependsOn"),
                        container.problems());
        for (int index = 0; index < order.map().size(); index++) {
            String name = order.map().path(index).asText();
            if (!names.contains(name) || name.equals(own)) {
                order.problems()
                        .unfit(
                                order.path().item(index),
                                order.map().path(index),
                                "is '" + name + "', which is no other container");
            }
        }
    }

    /** Requests come to one container, which is the one that says on which port. */
    private void checkPorts(List<Given> beside) {
        List<Given> listening =
                Stream.concat(Stream.of(given), beside.stream())
                        .filter(container -> container.has("port"))
                        .toList();
        listening.stream()
                .skip(1)
                .forEach(
                        container ->
                                container.unfit(
                                        "port",
                                        "is a second port that requests come to; keep one"));
    }
}
