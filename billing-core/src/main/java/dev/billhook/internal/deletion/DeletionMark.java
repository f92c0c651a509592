package dev.billhook.internal.deletion;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.deletion.DeletionPolicy;
import dev.billhook.spi.store.CursorStore;
import java.util.Optional;

/**
 * That an account is being deleted, kept until it is through.
 *
 * @param policy by what
 * @param keptAs the name its rows get
 */
record DeletionMark(DeletionPolicy policy, AccountRef keptAs) {
    static Optional<DeletionMark> find(CursorStore cursors, AccountRef account) {
        return cursors.find(cursor(account)).map(DeletionMark::read);
    }

    void save(CursorStore cursors, AccountRef account) {
        String value = String.join(
                " ",
                policy.running().name(),
                policy.openInvoices().name(),
                policy.customers().name(),
                keptAs.toString());
        cursors.save(cursor(account), value);
    }

    static void remove(CursorStore cursors, AccountRef account) {
        cursors.remove(cursor(account));
    }

    private static DeletionMark read(String saved) {
        String[] parts = saved.split(" ", -1);
        return new DeletionMark(
                new DeletionPolicy(
                        DeletionPolicy.Running.valueOf(parts[0]),
                        DeletionPolicy.OpenInvoices.valueOf(parts[1]),
                        DeletionPolicy.Customers.valueOf(parts[2])),
                AccountRef.parse(parts[3]));
    }

    /** Short enough for the store, whatever the account's key. */
    private static String cursor(AccountRef account) {
        return RequestKey.derived("deletion", account).value();
    }
}
