package dev.billhook.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A real database that breaks at a chosen step. A step is whatever waits for the database: a connection, the execution of a
 * statement, a commit. For one thread.
 */
final class FaultyDataSource {
    private final DataSource real;
    private Fault fault = Fault.DOWN;
    private int strikeAt = Integer.MAX_VALUE;
    private int steps;
    private boolean broken;
    private boolean struck;

    FaultyDataSource(DataSource real) {
        this.real = real;
    }

    /** What may go wrong. */
    enum Fault {
        /** Nothing is done, connections neither, until it is repaired; what was not committed is lost. */
        DOWN("08006", true),
        /** Nothing is written until it is repaired. */
        DISK_FULL("53100", true),
        /** The step is done, but nobody learns of it. */
        ANSWER_LOST("08007", false),
        /** The transaction lost against another one. */
        CONFLICT("40001", false),
        /** A lock was not to be had in time. */
        LOCK_TIMEOUT("55P03", false);

        private final String sqlState;
        private final boolean lasting;

        Fault(String sqlState, boolean lasting) {
            this.sqlState = sqlState;
            this.lasting = lasting;
        }

        private boolean concerns(boolean write) {
            return write || this != DISK_FULL;
        }

        /** Whether the client does not know how much was done; this is where databases differ most. */
        boolean hidesWhatWasDone() {
            return this == DOWN || this == ANSWER_LOST;
        }

        private SQLException exception() {
            return new SQLException("fault of the test: " + this, sqlState);
        }
    }

    /** The data source to use. */
    DataSource dataSource() {
        return proxy(DataSource.class, (self, method, args) -> {
            if (!method.getName().equals("getConnection")) {
                return invoke(method, real, args);
            }
            return connection((Connection) step(false, () -> invoke(method, real, args)));
        });
    }

    /** From now on, the step of that number fails; the first is 1. */
    void strike(Fault newFault, int step) {
        fault = newFault;
        strikeAt = step;
        steps = 0;
        struck = false;
    }

    /** Ends the fault. */
    void repair() {
        broken = false;
        strikeAt = Integer.MAX_VALUE;
    }

    /** Whether the fault occurred. */
    boolean struck() {
        return struck;
    }

    private Connection connection(Connection open) {
        return proxy(Connection.class, (self, method, args) -> switch (method.getName()) {
            case "prepareStatement" ->
                statement(PreparedStatement.class, (PreparedStatement) invoke(method, open, args));
            case "createStatement" -> statement(Statement.class, (Statement) invoke(method, open, args));
            case "commit" -> step(true, () -> invoke(method, open, args));
            default -> invoke(method, open, args);
        });
    }

    private <T extends Statement> T statement(Class<T> type, T open) {
        return proxy(
                type,
                (self, method, args) -> method.getName().startsWith("execute")
                        ? step(!method.getName().equals("executeQuery"), () -> invoke(method, open, args))
                        : invoke(method, open, args));
    }

    private Object step(boolean write, Call call) throws Throwable {
        steps++;
        boolean now = steps >= strikeAt && !struck && fault.concerns(write);
        if (now) {
            struck = true;
            broken = fault.lasting;
        }
        if (now && fault == Fault.ANSWER_LOST) {
            Object done = call.run();
            if (done instanceof AutoCloseable open) {
                open.close();
            }
            throw fault.exception();
        }
        if (now || (broken && fault.concerns(write))) {
            throw fault.exception();
        }
        return call.run();
    }

    private static Object invoke(Method method, Object target, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** One step. */
    private interface Call {
        Object run() throws Throwable;
    }
}
