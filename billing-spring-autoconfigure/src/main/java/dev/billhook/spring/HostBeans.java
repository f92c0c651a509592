package dev.billhook.spring;

import dev.billhook.event.BillingListener;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

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
        Map<String, T> named = beans.getBeansOfType(type);
        return ordered.filter(bean -> named.entrySet().stream()
                        .filter(each -> each.getValue() == bean)
                        .noneMatch(each -> accounts.stream().anyMatch(account -> qualifies(account, each.getKey()))))
                .toList();
    }

    /** A further account's, in order. */
    public <T> List<T> of(String account, Class<T> type) {
        return beans.getBeansOfType(type).entrySet().stream()
                .filter(bean -> qualifies(account, bean.getKey()))
                .sorted(Comparator.comparingInt(bean -> order(bean.getKey(), bean.getValue())))
                .map(Map.Entry::getValue)
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

    private int order(String name, Object bean) {
        Order told = beans.findAnnotationOnBean(name, Order.class);
        if (told != null) {
            return told.value();
        }
        return bean instanceof Ordered ordered ? ordered.getOrder() : Ordered.LOWEST_PRECEDENCE;
    }

    private boolean qualifies(String account, String bean) {
        return BeanFactoryAnnotationUtils.isQualifierMatch(account::equals, bean, beans);
    }

    private List<BillingListener> lastingNames(List<BillingListener> listeners) {
        return listeners.stream()
                .map(listener -> isNamedByHiddenClass(listener) ? namedByBean(listener) : listener)
                .toList();
    }

    /** A lambda's class is called otherwise after each start; its bean is not. */
    private static boolean isNamedByHiddenClass(BillingListener listener) {
        Class<?> type = listener.getClass();
        return type.isHidden() && listener.name().equals(type.getName());
    }

    private BillingListener namedByBean(BillingListener listener) {
        return beans.getBeansOfType(BillingListener.class).entrySet().stream()
                .filter(bean -> bean.getValue() == listener)
                .findFirst()
                .map(bean -> BillingListener.named(bean.getKey(), listener.phase(), listener))
                .orElse(listener);
    }
}
