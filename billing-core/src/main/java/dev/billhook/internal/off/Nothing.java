package dev.billhook.internal.off;

import dev.billhook.BillingSwitchedOffException;
import dev.billhook.catalog.sync.PublishedCatalog;
import dev.billhook.event.OutboxSummary;
import dev.billhook.invoice.InvoicePage;
import dev.billhook.unit.UnitDrifts;
import dev.billhook.usage.UsageOutboxSummary;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A service behind which there is nothing: questions are answered with nothing, work that is due is none, and commands are
 * refused. A proxy, so that a method that is added to a service is switched off from its first day.
 */
public final class Nothing implements InvocationHandler {
    /** What the names of questions begin with; all else is a command. */
    private static final List<String> QUESTIONS = List.of(
            "find",
            "list",
            "count",
            "last",
            "oldest",
            "missing",
            "payment",
            "published",
            "credits",
            "current",
            "drift",
            "remaining",
            "summary");

    private static final Set<String> WORK = Set.of("runDueWork", "processDue", "prune", "close");

    private static final Map<Class<?>, Object> EMPTY = Map.of(
            Optional.class,
            Optional.empty(),
            OptionalLong.class,
            OptionalLong.empty(),
            List.class,
            List.of(),
            Set.class,
            Set.of(),
            Map.class,
            Map.of(),
            InvoicePage.class,
            new InvoicePage(List.of(), null),
            UnitDrifts.class,
            new UnitDrifts(List.of(), null),
            OutboxSummary.class,
            OutboxSummary.EMPTY,
            UsageOutboxSummary.class,
            UsageOutboxSummary.EMPTY,
            PublishedCatalog.class,
            new PublishedCatalog(List.of(), List.of()));

    private final Class<?> service;
    private final Map<String, Function<Object[], Object>> answers;

    private Nothing(Class<?> service, Map<String, Function<Object[], Object>> answers) {
        this.service = service;
        this.answers = answers;
    }

    /**
     * A service that is switched off.
     *
     * @param answers what methods answer all the same, by their names, from their arguments
     */
    public static <T> T behind(Class<T> service, Map<String, Function<Object[], Object>> answers) {
        return service.cast(Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, new Nothing(service, answers)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        String name = method.getName();
        Object[] given = arguments == null ? new Object[0] : arguments;
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, name, given);
        }
        Function<Object[], Object> answer = answers.get(name);
        if (answer != null) {
            return answer.apply(given);
        }
        if (WORK.contains(name)) {
            return method.getReturnType() == void.class ? null : 0;
        }
        Object empty = QUESTIONS.stream().anyMatch(name::startsWith) ? EMPTY.get(method.getReturnType()) : null;
        if (empty == null) {
            throw new BillingSwitchedOffException(service.getSimpleName() + "." + name);
        }
        return empty;
    }

    private Object ofObject(Object proxy, String name, Object[] given) {
        return switch (name) {
            case "equals" -> proxy == given[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> service.getSimpleName() + " (switched off)";
        };
    }
}
