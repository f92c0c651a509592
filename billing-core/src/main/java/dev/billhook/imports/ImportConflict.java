package dev.billhook.imports;

/**
 * Why nothing is done for a row. A row is imported as a whole or not at all.
 *
 * @since 0.1.0
 */
public enum ImportConflict {
    /** The line cannot be understood. */
    UNREADABLE("mend the line"),
    /** The account has another living customer. */
    ACCOUNT_HAS_ANOTHER_CUSTOMER("decide which customer is the account's, and import the other one as another account"),
    /** The customer belongs to another account, here or by its metadata at the provider. */
    CUSTOMER_OF_ANOTHER_ACCOUNT("find out which of the two accounts pays; it keeps the customer"),
    /** The provider's account has no such customer in this mode. */
    CUSTOMER_NOT_FOUND("mend the id; live customers are not seen with a test key, nor the other way round"),
    /** The customer was deleted at the provider. */
    CUSTOMER_DELETED("leave the customer out of the row; the account gets a new one with its first purchase"),
    /** Several customers have the address. */
    SEVERAL_CUSTOMERS("name one by its id"),
    /** The address is not verified, and nothing else is asked for than to go by it. */
    EMAIL_NOT_VERIFIED("verify the address, name the customer by its id, or leave the address out"),
    /** The catalog has no such plan, or not in that number of units. */
    PLAN_NOT_IN_CATALOG("mend plan or units, or add the plan to the catalog"),
    /** The access would have ended before it began. */
    GRANT_OVER("leave plan and end out of the row, or give a later end"),
    /** The provider refused to write the account into the customer. */
    REFUSED_BY_PROVIDER("look at the customer at the provider; its metadata may be full");

    private final String remedy;

    ImportConflict(String remedy) {
        this.remedy = remedy;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
