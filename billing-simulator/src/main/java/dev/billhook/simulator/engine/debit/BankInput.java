package dev.billhook.simulator.engine.debit;

/**
 * A bank account as a person types it into a hosted page.
 *
 * @param routing number of the bank
 * @param account number of the account
 */
public record BankInput(String routing, String account) {
    @Override
    public String toString() {
        return "BankInput[" + (account.length() > 4 ? "…" + account.substring(account.length() - 4) : "") + "]";
    }
}
