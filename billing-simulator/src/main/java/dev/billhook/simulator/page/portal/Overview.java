package dev.billhook.simulator.page.portal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the portal's first page shows; an address is null when its action is not offered.
 *
 * @param notice what has just been done; null when nothing
 * @param showsInvoices whether the invoice history is offered
 */
record Overview(
        Sender sender,
        @Nullable String notice,
        List<PlanRow> plans,
        List<CardRow> cards,
        @Nullable String addCardUrl,
        Person person,
        boolean showsInvoices,
        List<InvoiceRow> invoices,
        @Nullable String olderInvoices) {
    /**
     * Who the customer deals with.
     *
     * @param returnUrl where the business wants the customer back; null when it did not say
     */
    record Sender(
            String business,
            String headline,
            @Nullable String returnUrl,
            @Nullable String termsUrl,
            @Nullable String privacyUrl) {}

    /** One subscription. */
    record PlanRow(
            String name,
            String status,
            String tone,
            List<String> prices,
            String when,
            String planned,
            String card,
            @Nullable String switchUrl,
            @Nullable String cancelUrl,
            @Nullable String resumeUrl,
            @Nullable String keepUrl) {}

    /** One payment method. */
    record CardRow(
            String text,
            String expiry,
            boolean preferred,
            @Nullable String preferUrl,
            @Nullable String removeUrl) {}

    /** Who is billed. */
    record Person(
            List<Detail> details,
            @Nullable String changeUrl,
            List<TaxIdRow> taxIds,
            @Nullable String taxIdUrl) {}

    /** One detail of who is billed. */
    record Detail(String label, String value) {}

    /** One tax id. */
    record TaxIdRow(String text, String status, String tone, String removeUrl) {}

    /**
     * One invoice of the history.
     *
     * @param pdfUrl the document to print; null for none
     * @param payUrl where it is paid; null unless it waits for that
     */
    record InvoiceRow(
            String date,
            String number,
            String url,
            String status,
            String tone,
            String total,
            @Nullable String pdfUrl,
            @Nullable String payUrl) {}
}
