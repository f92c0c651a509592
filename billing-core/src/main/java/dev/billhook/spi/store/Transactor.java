package dev.billhook.spi.store;

import java.util.function.Supplier;

/**
 * Runs work in a database transaction. Thread-safe; a transaction belongs to the thread that opened it.
 *
 * @since 0.1.0
 */
public interface Transactor {
    /**
     * Runs the work in the transaction open on this thread, or in a new one that is committed after it. An exception rolls
     * back and is thrown on; work that joined and failed dooms the whole transaction, even if the exception is caught. Work
     * that lost a deadlock may be run again from its start.
     */
    <T> T inTransaction(Supplier<T> work);

    /** Like {@link #inTransaction(Supplier)} for work without a result. */
    default void run(Runnable work) {
        inTransaction(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** Whether a transaction is open on this thread: what it reads may be older than, or not yet, what others see. */
    boolean isOpen();

    /**
     * Runs the action once the transaction open on this thread has committed; at once if there is none; never if it rolls
     * back. The action sees no open transaction. If it fails, the failure is logged.
     */
    void afterCommit(Runnable action);
}
