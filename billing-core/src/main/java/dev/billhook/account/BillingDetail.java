package dev.billhook.account;

/**
 * Something an account may have to tell before it is charged. The provider keeps it; the mirror holds nothing of it but the payment
 * method.
 *
 * @since 0.1.0
 */
public enum BillingDetail {
    /** Something to charge that has not expired. */
    PAYMENT_METHOD,
    /** The name on invoices. */
    NAME,
    /** The address receipts are sent to. */
    EMAIL,
    /** A telephone number. */
    PHONE,
    /** The country of the postal address. */
    COUNTRY,
    /** The postal code. */
    POSTAL_CODE,
    /** The town. */
    CITY,
    /** The first line of the postal address. */
    STREET,
    /** A number the tax office knows the account by. */
    TAX_ID
}
