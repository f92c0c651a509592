package dev.billhook.simulator.page.portal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the portal's first page shows; an address is null when its action is not offered.
 *
 * @param returnUrl where the business wants the customer back; null when it did not say
 * @param notice what has just been done; null when nothing
 */
record Overview(
        String business,
        @Nullable String returnUrl,
        String headline,
        @Nullable String notice,
        List<PlanRow> plans,
        List<CardRow> cards,
        @Nullable String addCardUrl,
        String customerName,
        String customerEmail,
        @Nullable String customerUrl,
        boolean showsInvoices,
        List<InvoiceRow> invoices) {
    /** One subscription. */
    record PlanRow(
            String name,
            String status,
            String tone,
            List<String> prices,
            String when,
            String card,
            @Nullable String switchUrl,
            @Nullable String cancelUrl,
            @Nullable String resumeUrl) {}

    /** One payment method. */
    record CardRow(
            String text,
            String expiry,
            boolean preferred,
            @Nullable String preferUrl,
            @Nullable String removeUrl) {}

    /** One invoice of the history. */
    record InvoiceRow(String date, String number, String url, String status, String tone, String total) {}
}
