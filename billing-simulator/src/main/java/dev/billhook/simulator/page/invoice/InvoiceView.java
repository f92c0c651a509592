package dev.billhook.simulator.page.invoice;

import dev.billhook.simulator.page.card.CardForm;
import dev.billhook.simulator.page.text.StatusText;
import dev.billhook.simulator.page.text.Sum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hosted invoice shows.
 *
 * @param dates named dates and the fields the business adds, in order
 * @param notice what is to be known about its state, with its tone; null when nothing is
 * @param totalLabel what the last sum is
 */
record InvoiceView(
        String business,
        String number,
        StatusText status,
        Recipient recipient,
        List<Sum> dates,
        String opening,
        List<Line> lines,
        List<Sum> sums,
        String totalLabel,
        String total,
        String closing,
        @Nullable StatusText notice,
        Papers papers,
        @Nullable Payment payment) {
    /** Who is billed: name and e-mail address, address, tax ids; what is not known is empty. */
    record Recipient(String name, String address, String taxIds) {}

    /** One line of the invoice. */
    record Line(String description, String period, String quantity, String amount) {}

    /** Documents that belong to it; an address is null when there is no such document. */
    record Papers(@Nullable String pdfUrl, @Nullable String receiptUrl, List<Note> creditNotes) {}

    /** A credit note. */
    record Note(String number, String date, String amount, String state, String url) {}

    /**
     * How it can be paid.
     *
     * @param amount what is paid
     * @param saved cards that are on file
     * @param declined why the last try failed; null when there was none
     */
    record Payment(
            String amount,
            List<Saved> saved,
            CardForm card,
            @Nullable String declined) {}

    /** A card that is on file. */
    record Saved(String id, String text, boolean preferred) {}
}
