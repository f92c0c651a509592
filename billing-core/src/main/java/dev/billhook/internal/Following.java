package dev.billhook.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a service, so that hosts can keep it: each call is answered by the service that is in force when it begins. A
 * proxy, so that what is added to the services follows from its first day.
 */
final class Following implements InvocationHandler {
    /** What is the same in every generation, and asked too often for a detour. */
    private static final Set<String> LASTING = Set.of("entitlements", "background");

    private final Supplier<?> inForce;

    private Following(Supplier<?> inForce) {
        this.inForce = inForce;
    }

    /** A service that is always the one in force. */
    static <T> T service(Class<T> type, Supplier<T> inForce) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Following(inForce)));
    }

    /** A billing whose services are always those of the billing in force. */
    static DefaultBilling billing(Supplier<DefaultBilling> inForce) {
        RecordComponent[] components = DefaultBilling.class.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] parts = Arrays.stream(components)
                .map(component -> part(component, inForce))
                .toArray();
        try {
            Constructor<DefaultBilling> whole = DefaultBilling.class.getDeclaredConstructor(types);
            return whole.newInstance(parts);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record can be made of its components", e);
        }
    }

    private static Object part(RecordComponent component, Supplier<DefaultBilling> inForce) {
        if (component.getName().equals("inForce")) {
            return (Supplier<?>) () -> inForce.get().catalog();
        }
        return LASTING.contains(component.getName())
                ? valueOf(component, inForce.get())
                : follow(component.getType(), component, inForce);
    }

    private static <T> T follow(Class<T> type, RecordComponent component, Supplier<DefaultBilling> inForce) {
        return service(type, () -> type.cast(valueOf(component, inForce.get())));
    }

    private static Object valueOf(RecordComponent component, DefaultBilling billing) {
        try {
            return component.getAccessor().invoke(billing);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record tells its components", e);
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        try {
            return method.invoke(inForce.get(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> inForce.get().toString();
        };
    }
}
