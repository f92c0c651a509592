package dev.billhook.internal.invoice;

import dev.billhook.account.AccountRef;
import dev.billhook.invoice.InvoiceRefusedException;
import dev.billhook.invoice.InvoiceStatus;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of invoices ended: the last invoice's id, and a digest of whose list it was. The digest is no secret; the list is
 * of the account's customer whatever a cursor says.
 *
 * @param account whose list
 * @param customerId whom the provider lists
 * @param status what the list is narrowed to, or null
 */
record InvoiceCursor(
        AccountRef account, String customerId, @Nullable InvoiceStatus status) {
    private static final int DIGEST = 36;

    /** The cursor after this invoice. */
    String after(String invoiceId) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((digest(invoiceId) + invoiceId).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The invoice after which the list goes on.
     *
     * @throws InvoiceRefusedException if the cursor was not made for this list
     */
    @Nullable String read(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (text.length() > DIGEST && text.startsWith(digest(text.substring(DIGEST)))) {
                return text.substring(DIGEST);
            }
        } catch (IllegalArgumentException e) {
            // No Base64: refused like one of another list.
        }
        throw new InvoiceRefusedException(
                InvoiceRefusedException.Reason.UNKNOWN_CURSOR,
                "The cursor is not from a page of the invoices of " + account
                        + (status == null ? "" : " that are " + status),
                "begin again without a cursor");
    }

    private String digest(String invoiceId) {
        String facts = String.join("|", account.toString(), customerId, String.valueOf(status), invoiceId);
        return UUID.nameUUIDFromBytes(facts.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
