package dev.billhook.invoice;

import org.jspecify.annotations.Nullable;

/**
 * Which invoices of an account to list.
 *
 * @param cursor where the last page ended, or null to begin with the newest
 * @param max how many at most, 1 to 100
 * @param status only those of this status, or null for all
 * @since 0.1.0
 */
public record InvoiceQuery(
        @Nullable String cursor, int max, @Nullable InvoiceStatus status) {
    /** How many invoices a page has unless told otherwise. */
    public static final int DEFAULT_MAX = 20;

    private static final int LARGEST = 100;

    /**
     * @throws IllegalArgumentException if the number is not of 1 to 100
     */
    public InvoiceQuery {
        if (max < 1 || max > LARGEST) {
            throw new IllegalArgumentException("A page has 1 to 100 invoices, not " + max);
        }
    }

    /** The newest ones. */
    public static InvoiceQuery newest() {
        return new InvoiceQuery(null, DEFAULT_MAX, null);
    }

    /** The same for those that follow. */
    public InvoiceQuery after(@Nullable String lastCursor) {
        return new InvoiceQuery(lastCursor, max, status);
    }

    /** The same with another size of the page. */
    public InvoiceQuery limit(int newMax) {
        return new InvoiceQuery(cursor, newMax, status);
    }

    /** The same for one status only. */
    public InvoiceQuery only(InvoiceStatus newStatus) {
        return new InvoiceQuery(cursor, max, newStatus);
    }
}
