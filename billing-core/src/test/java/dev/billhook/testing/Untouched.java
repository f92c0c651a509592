package dev.billhook.testing;

import java.lang.reflect.Proxy;

/** Ports that core's tests have no use for: whatever goes through them is tested against the simulator. */
final class Untouched {
    private Untouched() {}

    /** A port that refuses every call. */
    static <T> T of(Class<T> port) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, values) -> {
                    throw new UnsupportedOperationException(
                            port.getSimpleName() + "." + method.getName() + " is tested against the simulator");
                }));
    }
}
