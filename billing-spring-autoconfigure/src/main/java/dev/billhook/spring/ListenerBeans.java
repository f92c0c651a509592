package dev.billhook.spring;

import dev.billhook.event.BillingListener;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;

/** The host's listeners, in bean order, each with a name that outlives a restart. */
final class ListenerBeans {
    private ListenerBeans() {}

    static List<BillingListener> inOrder(ObjectProvider<BillingListener> ordered, Map<String, BillingListener> byName) {
        return ordered.orderedStream()
                .map(listener -> isNamedByHiddenClass(listener) ? namedByBean(listener, byName) : listener)
                .toList();
    }

    /** A lambda's class is called otherwise after each start; its bean is not. */
    private static boolean isNamedByHiddenClass(BillingListener listener) {
        Class<?> type = listener.getClass();
        return type.isHidden() && listener.name().equals(type.getName());
    }

    private static BillingListener namedByBean(BillingListener listener, Map<String, BillingListener> byName) {
        return byName.entrySet().stream()
                .filter(bean -> bean.getValue() == listener)
                .findFirst()
                .map(bean -> BillingListener.named(bean.getKey(), listener.phase(), listener))
                .orElse(listener);
    }
}
