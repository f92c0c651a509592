package dev.billhook.torture.account;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** An accountant beside: knows nothing of Billhook or Stripe, only days and cents. */
final class Books {
    private final List<Entry> invoices = new ArrayList<>();
    private long next;
    private long once;
    private long refunded;

    /** What of a price paid for a period is for the days from one on, to the cent. */
    static long share(long price, String from, String start, String end) {
        long left = ChronoUnit.DAYS.between(LocalDate.parse(from), LocalDate.parse(end));
        long all = ChronoUnit.DAYS.between(LocalDate.parse(start), LocalDate.parse(end));
        return BigDecimal.valueOf(price)
                .multiply(BigDecimal.valueOf(left))
                .divide(BigDecimal.valueOf(all), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** An invoice of a day, with what earlier changes left for it. */
    void charge(String day, long amount) {
        invoices.add(new Entry(day, amount + next));
        next = 0;
    }

    /** Something the next invoice charges or gives back. */
    void next(long amount) {
        next += amount;
    }

    /** Something paid once, without an invoice. */
    void once(long amount) {
        once += amount;
    }

    long once() {
        return once;
    }

    /** Money that went back. */
    void refund(long amount) {
        refunded += amount;
    }

    List<Entry> invoices() {
        return List.copyOf(invoices);
    }

    long refunded() {
        return refunded;
    }

    /**
     * An invoice.
     *
     * @param total in cents
     */
    record Entry(String day, long total) {}
}
