package dev.billhook.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts what goes to the database: connections taken, the most that were out at once, what was executed, and transactions.
 * A batch of one text counts once, because it travels at once. Not for several threads.
 */
final class CountingDataSource {
    private final DataSource target;
    private final List<String> statements = new ArrayList<>();
    private final AtomicInteger out = new AtomicInteger();
    private int connections;
    private int mostAtOnce;
    private int commits;

    CountingDataSource(DataSource target) {
        this.target = target;
    }

    /** The data source whose use is counted. */
    DataSource counted() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = call(target, method, arguments);
            return result instanceof Connection connection ? counted(connection) : result;
        });
    }

    /** Begins anew. */
    void reset() {
        statements.clear();
        connections = 0;
        mostAtOnce = 0;
        commits = 0;
    }

    /** What was executed, in order. */
    List<String> statements() {
        return List.copyOf(statements);
    }

    int connections() {
        return connections;
    }

    int mostAtOnce() {
        return mostAtOnce;
    }

    int commits() {
        return commits;
    }

    private Connection counted(Connection connection) {
        connections++;
        mostAtOnce = Math.max(mostAtOnce, out.incrementAndGet());
        return proxy(Connection.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "commit" -> commits++;
                case "close" -> out.decrementAndGet();
                default -> {}
            }
            Object result = call(connection, method, arguments);
            if (result instanceof PreparedStatement statement) {
                return counted(PreparedStatement.class, statement, (String) arguments[0]);
            }
            return result instanceof Statement statement ? counted(Statement.class, statement, null) : result;
        });
    }

    private <S extends Statement> S counted(Class<S> type, S statement, @Nullable String text) {
        return proxy(type, (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                statements.add(text == null ? String.valueOf(arguments[0]) : text);
            }
            return call(statement, method, arguments);
        });
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
