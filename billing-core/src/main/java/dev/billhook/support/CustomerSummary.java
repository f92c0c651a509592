package dev.billhook.support;

import dev.billhook.account.AccountRef;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer, as an agent wants to see him.
 *
 * @param customerId the provider's id; informational
 * @param name as the provider has it, or null
 * @param email as the provider has it, or null
 * @param account the account he is the customer of, or null if that is not known
 * @param since when the customer was made (UTC)
 * @param country two letters, as in his address, or null
 * @param currency three capital letters, or null before the first charge
 * @param subscriptions all he has and had, the newest first
 * @param spend what he paid, by currency
 * @param referral the referral code, or null
 * @param dashboard his page in the provider's dashboard, of live or of test mode
 * @param deleted whether the customer was deleted at the provider
 * @since 0.1.0
 */
public record CustomerSummary(
        String customerId,
        @Nullable String name,
        @Nullable String email,
        @Nullable AccountRef account,
        Instant since,
        @Nullable String country,
        @Nullable String currency,
        List<SubscriptionSummary> subscriptions,
        List<Spend> spend,
        @Nullable String referral,
        URI dashboard,
        boolean deleted) {
    /** Copies the lists. */
    public CustomerSummary {
        subscriptions = List.copyOf(subscriptions);
        spend = List.copyOf(spend);
    }

    /** Whether there was a dispute, or so much was paid back in any currency. */
    public boolean unusual(int refundPercent) {
        return spend.stream().anyMatch(each -> each.unusual(refundPercent));
    }
}
