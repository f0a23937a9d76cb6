package dev.slipway.kit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Gateways that fail at once while their API does. */
public final class Guarded {
    private Guarded() {}

    /** The gateway, each of its calls let through by the breaker. */
    public static <G> G gateway(Class<G> kind, G real, Breaker breaker) {
        return kind.cast(
                Proxy.newProxyInstance(
                        kind.getClassLoader(),
                        new Class<?>[] {kind},
                        (_, method, arguments) ->
                                method.getDeclaringClass() == Object.class
                                        ? call(real, method, arguments)
                                        : guarded(real, method, arguments, breaker)));
    }

    private static @Nullable Object guarded(
            Object real, Method method, Object @Nullable [] arguments, Breaker breaker)
            throws Throwable {
        int admitted = breaker.admit(method.getName());
        try {
            Object answer = call(real, method, arguments);
            breaker.answered();
            return answer;
        } catch (GatewayException e) {
            breaker.failed(admitted, e);
            throw e;
        } catch (Throwable e) {
            breaker.abandoned(admitted);
            throw e;
        }
    }

    private static @Nullable Object call(Object real, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
