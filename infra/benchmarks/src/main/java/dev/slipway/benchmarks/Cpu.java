package dev.slipway.benchmarks;

import java.util.Map;
import java.util.TreeMap;

/** Seconds of processor time by process. */
record Cpu(Map<String, Double> seconds) {
    static Cpu of(Cloud cloud) {
        return new Cpu(cloud.cpuSeconds());
    }

    static Cpu withThisProcess(Cloud cloud) {
        Map<String, Double> all = cloud.cpuSeconds();
        all.put("loop", Cloud.cpuSeconds(ProcessHandle.current().pid()));
        return new Cpu(all);
    }

    Cpu since(Cpu before) {
        Map<String, Double> more = new TreeMap<>();
        seconds.forEach(
                (name, now) -> more.put(name, now - before.seconds.getOrDefault(name, 0.0)));
        return new Cpu(more);
    }

    void print(String name, int deployments) {
        double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        Figures.print(name, 1000 * all / deployments, "ms/deployment");
        seconds.forEach(
                (process, used) ->
                        Figures.print(
                                name + "-" + process, 1000 * used / deployments, "ms/deployment"));
    }
}
