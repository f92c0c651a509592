package dev.billhook.spring;

import dev.billhook.event.BillingListener;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;

/** The host's listeners, in bean order, each with a name that outlives a restart. */
final class ListenerBeans {
    private ListenerBeans() {}

    static List<BillingListener> inOrder(ObjectProvider<BillingListener> ordered, Map<String, BillingListener> byName) {
        Map<BillingListener, String> names = new IdentityHashMap<>();
        byName.forEach((name, listener) -> names.put(listener, name));
        return ordered.orderedStream()
                .map(listener -> stable(listener, names.get(listener)))
                .toList();
    }

    /** A lambda's class is called otherwise after each start; its bean is not. */
    private static BillingListener stable(BillingListener listener, String beanName) {
        boolean namedByItsClass = listener.name().equals(listener.getClass().getName());
        return listener.getClass().isHidden() && namedByItsClass
                ? BillingListener.named(beanName, listener.phase(), listener)
                : listener;
    }
}
