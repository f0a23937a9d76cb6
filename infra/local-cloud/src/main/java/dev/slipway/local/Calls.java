package dev.slipway.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts every call by who made it, and shows the counts at {@code /metrics} in the text format of
 * Prometheus, together with what the APIs count themselves. A call counts when it is answered; a
 * stream when it ends.
 */
final class Calls implements DecoratingHttpServiceFunction, Api {
    private static final String PATH = "/metrics";
    private static final double NANOS_A_SECOND = 1e9;

    private final List<Api> others;
    private final Map<Counted, Count> counts = new ConcurrentHashMap<>();

    private record Counted(String caller, CallName call, int status) {}

    private static final class Count {
        final LongAdder calls = new LongAdder();
        final LongAdder nanos = new LongAdder();
    }

    /** Shows the figures of these too. */
    Calls(List<Api> others) {
        this.others = others;
    }

    @Override
    public HttpResponse serve(
            HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (!context.path().equals(PATH)) {
            CallName call = CallName.of(request, context);
            var _ = context.log().whenComplete().thenAccept(log -> count(call, log, context));
        }
        return delegate.serve(context, request);
    }

    private void count(CallName call, RequestLog log, ServiceRequestContext context) {
        int status = log.responseHeaders().status().code();
        Count count =
                counts.computeIfAbsent(
                        new Counted(Callers.of(context), call, status), _ -> new Count());
        count.calls.increment();
        count.nanos.add(log.totalDurationNanos());
    }

    @Override
    public void addTo(ServerBuilder server) {
        server.service(
                PATH,
                (_, _) ->
                        HttpResponse.of(
                                HttpStatus.OK, MediaType.PLAIN_TEXT.withCharset(UTF_8), text()));
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        counts.forEach(
                (counted, count) -> {
                    Map<String, String> labels = new LinkedHashMap<>();
                    labels.put("caller", counted.caller());
                    labels.put("api", counted.call().api());
                    labels.put("method", counted.call().method());
                    labels.put("status", Integer.toString(counted.status()));
                    figures.add(new Figure("calls_total", labels, count.calls.sum()));
                    figures.add(
                            new Figure(
                                    "call_seconds_total",
                                    labels,
                                    count.nanos.sum() / NANOS_A_SECOND));
                });
        return figures;
    }

    private String text() {
        return Stream.concat(others.stream(), Stream.of(this))
                .flatMap(api -> api.figures().stream())
                .map(Calls::line)
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(Figure figure) {
        String labels =
                figure.labels().entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + '"')
                        .collect(Collectors.joining(","));
        return "slipway_local_%s{%s} %s".formatted(figure.name(), labels, number(figure.value()));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
