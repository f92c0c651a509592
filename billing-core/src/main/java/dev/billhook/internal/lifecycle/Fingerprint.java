package dev.billhook.internal.lifecycle;

import dev.billhook.invoice.Estimate;
import dev.billhook.invoice.InvoiceLine;
import dev.billhook.invoice.InvoiceTotals;
import dev.billhook.subscription.Subscription;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Short texts that are equal exactly if what they stand for is. Pure. */
final class Fingerprint {
    private Fingerprint() {}

    /** Of everything that is known of the subscription. A schedule that changes nothing is as good as none: a change was begun. */
    static String of(Subscription subscription) {
        Subscription counted = subscription.scheduledChange().isPresent()
                ? subscription
                : subscription.toBuilder().schedule(null).build();
        return digest(counted.toString());
    }

    /**
     * Of the money of a forecast, to the cent and line by line. Times are left out: a period that begins with the change begins
     * when it is made. So is what depends on measured use, which goes on until the next invoice.
     *
     * @param metered whether the line is charged by what was used
     */
    static String of(Forecast forecast, Predicate<InvoiceLine> metered) {
        return digest("now " + money(forecast.now()) + " next " + moneyToCome(forecast.next(), metered));
    }

    private static String money(@Nullable Estimate estimate) {
        return estimate == null ? "" : lines(estimate, line -> true) + totals(estimate.totals());
    }

    private static String moneyToCome(@Nullable Estimate estimate, Predicate<InvoiceLine> metered) {
        return estimate != null && estimate.lines().stream().anyMatch(metered)
                ? lines(estimate, metered.negate())
                : money(estimate);
    }

    private static String lines(Estimate estimate, Predicate<InvoiceLine> counted) {
        return estimate.lines().stream()
                .filter(counted)
                .map(Fingerprint::line)
                .sorted()
                .collect(Collectors.joining(";"));
    }

    private static String line(InvoiceLine line) {
        return line.plan() + " " + line.units() + " " + line.amount() + " " + line.tax() + " " + line.proration();
    }

    private static String totals(InvoiceTotals totals) {
        return " " + totals;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
