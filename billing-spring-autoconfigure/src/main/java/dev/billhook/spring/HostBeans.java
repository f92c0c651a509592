package dev.billhook.spring;

import dev.billhook.event.BillingListener;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The host's beans, account by account: those with the qualifier of a further account are that account's, all others the
 * main one's.
 *
 * @since 0.1.0
 */
public final class HostBeans {
    private final ConfigurableListableBeanFactory beans;
    private final Collection<String> accounts;

    /**
     * @param accounts names of the further accounts
     */
    public HostBeans(ConfigurableListableBeanFactory beans, Collection<String> accounts) {
        this.beans = beans;
        this.accounts = accounts;
    }

    /** The main account's, of these. */
    <T> List<T> ofMain(Class<T> type, Stream<T> ordered) {
        Set<T> others = qualified(type, accounts);
        return ordered.filter(bean -> !others.contains(bean)).toList();
    }

    /** A further account's, in order. */
    public <T> List<T> of(String account, Class<T> type) {
        Set<T> own = qualified(type, List.of(account));
        return beans.getBeanProvider(type)
                .orderedStream(ObjectProvider.UNFILTERED)
                .filter(own::contains)
                .toList();
    }

    /** The main account's listeners of these, each with a name that outlives a restart. */
    List<BillingListener> listeners(Stream<BillingListener> ordered) {
        return lastingNames(ofMain(BillingListener.class, ordered));
    }

    /** A further account's listeners, each with a name that outlives a restart. */
    public List<BillingListener> listenersOf(String account) {
        return lastingNames(of(account, BillingListener.class));
    }

    /** Those with the qualifier of one of the accounts. */
    private <T> Set<T> qualified(Class<T> type, Collection<String> names) {
        Set<T> qualified = Collections.newSetFromMap(new IdentityHashMap<>());
        beans.getBeansOfType(type).forEach((name, bean) -> {
            if (BeanFactoryAnnotationUtils.isQualifierMatch(names::contains, name, beans)) {
                qualified.add(bean);
            }
        });
        return qualified;
    }

    private List<BillingListener> lastingNames(List<BillingListener> listeners) {
        Map<String, BillingListener> named = beans.getBeansOfType(BillingListener.class);
        return listeners.stream()
                .map(listener -> isNamedByHiddenClass(listener) ? namedByBean(listener, named) : listener)
                .toList();
    }

    /** A lambda's class is called otherwise after each start; its bean is not. */
    private static boolean isNamedByHiddenClass(BillingListener listener) {
        Class<?> type = listener.getClass();
        return type.isHidden() && listener.name().equals(type.getName());
    }

    private static BillingListener namedByBean(BillingListener listener, Map<String, BillingListener> named) {
        return named.entrySet().stream()
                .filter(bean -> bean.getValue() == listener)
                .findFirst()
                .map(bean -> BillingListener.named(bean.getKey(), listener.phase(), listener))
                .orElse(listener);
    }
}
