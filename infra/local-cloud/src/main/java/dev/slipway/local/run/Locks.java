package dev.slipway.local.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One lock a service: whoever writes it, or what belongs to it, holds that. */
final class Locks {
    private final Map<ServiceName, ReentrantLock> locks = new ConcurrentHashMap<>();

    <T> T with(ServiceName service, Supplier<T> action) {
        ReentrantLock lock = locks.computeIfAbsent(service, _ -> new ReentrantLock());
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    void hold(ServiceName service, Runnable action) {
        with(
                service,
                () -> {
                    action.run();
                    return true;
                });
    }
}
