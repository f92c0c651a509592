package dev.billhook.stripe.testing;

import dev.billhook.spi.provider.PaymentProvider;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Providers at which something happens beside a call. */
public final class Meddling {
    private static final Runnable NOTHING = () -> {};

    private Meddling() {}

    /** Something happens just before a method of a gateway is carried out. */
    public static PaymentProvider before(PaymentProvider provider, String gateway, String method, Runnable happens) {
        return meddled(provider, gateway, method, happens, NOTHING);
    }

    /** Something happens once a method of a gateway was carried out, before its caller has the answer. */
    public static PaymentProvider after(PaymentProvider provider, String gateway, String method, Runnable happens) {
        return meddled(provider, gateway, method, NOTHING, happens);
    }

    private static PaymentProvider meddled(
            PaymentProvider provider, String gateway, String method, Runnable before, Runnable after) {
        return proxy(PaymentProvider.class, (self, called, args) -> {
            Object answer = forward(provider, called, args);
            return called.getName().equals(gateway)
                    ? proxy(called.getReturnType(), around(answer, method, before, after))
                    : answer;
        });
    }

    private static InvocationHandler around(Object target, String method, Runnable before, Runnable after) {
        return (self, called, args) -> {
            boolean meant = called.getName().equals(method);
            (meant ? before : NOTHING).run();
            Object answer = forward(target, called, args);
            (meant ? after : NOTHING).run();
            return answer;
        };
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object forward(Object target, Method called, Object[] args) throws Throwable {
        try {
            return called.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
