package dev.billhook.imports;

/**
 * What an import does for a row.
 *
 * @since 0.1.0
 */
public enum ImportEffect {
    /** The account is made known. */
    REGISTERED,
    /** The account gets a customer the provider has already, with its subscriptions. */
    LINKED,
    /** The account is given access. */
    GRANTED
}
