package dev.slipway.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How often each call to the outside was made. */
final class Counter {
    private Map<String, Integer> calls = new TreeMap<>();

    /** The gateway, where each call counts. */
    <T> T counted(String name, Class<T> gateway, T real) {
        return gateway.cast(
                Proxy.newProxyInstance(
                        gateway.getClassLoader(),
                        new Class<?>[] {gateway},
                        (_, method, args) -> count(name, real, method, args)));
    }

    private @Nullable Object count(String name, Object real, Method method, Object[] args)
            throws Throwable {
        calls.merge(name + "." + method.getName(), 1, Integer::sum);
        try {
            return method.invoke(real, args);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** What was called meanwhile, and how often. */
    Map<String, Integer> during(Runnable task) {
        calls = new TreeMap<>();
        task.run();
        return Map.copyOf(calls);
    }
}
