package dev.billhook.internal.imports;

import dev.billhook.account.AccountRef;
import dev.billhook.imports.ImportConflict;
import dev.billhook.imports.ImportEffect;
import dev.billhook.imports.ImportRow;
import dev.billhook.imports.ImportStep;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What earlier rows of a dry run would have done, so that it foresees what two rows about the same account or customer come to.
 * Keeps ids and nothing else. Used by one thread.
 */
final class Planned {
    private final Map<String, AccountRef> owners = new HashMap<>();
    private final Map<AccountRef, Plan> accounts = new HashMap<>();

    /**
     * What an account would have.
     *
     * @param customer the customer it would be linked to, or null
     * @param grants ids of the grants it would have
     */
    private record Plan(@Nullable String customer, Set<String> grants) {}

    /** The step as it comes to after those before it. */
    ImportStep after(ImportStep step, ImportRow row, @Nullable String grantId) {
        if (step.conflict() != null) {
            return step;
        }
        Plan known = accounts.get(row.account());
        String customer = step.effects().contains(ImportEffect.LINKED) ? step.customerId() : null;
        AccountRef owner = customer == null ? null : owners.get(customer);
        if (owner != null && !owner.equals(row.account())) {
            return ImportStep.conflict(row, customer, ImportConflict.CUSTOMER_OF_ANOTHER_ACCOUNT);
        }
        if (known != null && known.customer() != null && customer != null && !customer.equals(known.customer())) {
            return ImportStep.conflict(row, customer, ImportConflict.ACCOUNT_HAS_ANOTHER_CUSTOMER);
        }
        Set<ImportEffect> effects = EnumSet.noneOf(ImportEffect.class);
        effects.addAll(step.effects());
        if (known != null) {
            effects.remove(ImportEffect.REGISTERED);
            if (customer != null && customer.equals(known.customer())) {
                effects.remove(ImportEffect.LINKED);
            }
            if (grantId != null && known.grants().contains(grantId)) {
                effects.remove(ImportEffect.GRANTED);
            }
        }
        note(row.account(), customer, effects.contains(ImportEffect.GRANTED) ? grantId : null);
        return ImportStep.done(row, step.customerId(), effects);
    }

    private void note(AccountRef account, @Nullable String customer, @Nullable String grantId) {
        if (customer != null) {
            owners.put(customer, account);
        }
        Plan known = accounts.getOrDefault(account, new Plan(null, Set.of()));
        Set<String> grants = known.grants();
        if (grantId != null) {
            grants = new HashSet<>(grants);
            grants.add(grantId);
        }
        accounts.put(account, new Plan(customer == null ? known.customer() : customer, Set.copyOf(grants)));
    }
}
