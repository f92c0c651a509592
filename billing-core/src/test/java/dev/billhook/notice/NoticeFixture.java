package dev.billhook.notice;

import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.CatalogFixture;
import dev.billhook.entitlement.AccessFacts;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.AccessRules;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.testing.FactsInWords;
import java.time.Duration;
import java.time.Instant;

/** Accounts in the words of docs/notices.md. */
final class NoticeFixture {
    static final AccountRef ACCOUNT = AccountRef.of("user", "1");
    static final Instant START = SubscriptionFixture.START;
    private static final Duration DAY = Duration.ofDays(1);
    private static final AccessPolicy POLICY = AccessPolicy.STANDARD.withReadOnly(DAY.multipliedBy(30));

    private NoticeFixture() {}

    static NoticeRules rules(NoticePolicy policy) {
        return new NoticeRules(new AccessRules(CatalogFixture.catalog(), POLICY), CatalogFixture.catalog(), policy);
    }

    /** A time by its name. */
    static Instant instant(String name) {
        return switch (name) {
            case "trial end", "grace end" -> START.plus(DAY.multipliedBy(14));
            case "end" -> START.plus(DAY.multipliedBy(12));
            case "closure" -> START.plus(DAY.multipliedBy(42));
            case "renewal" -> SubscriptionFixture.END;
            case "expiry" -> Instant.parse("2026-04-01T00:00:00Z");
            default -> throw new IllegalArgumentException(name);
        };
    }

    static NoticeFacts facts(String has) {
        AccessFacts facts = new FactsInWords(ACCOUNT, START, instant("end"))
                .read(has, (words, others) -> subscription(words, "sub_" + others));
        PaymentMethod card = new PaymentMethod("pm_1", "card", "visa", "4242", 3, 2026);
        Customer customer = new Customer("cus_1", "usd", false, has.contains("by card") ? card : null, false);
        return new NoticeFacts(ACCOUNT, customer, facts);
    }

    private static Subscription subscription(String text, String id) {
        String status = text.split(",")[0];
        boolean monthly = status.equals("monthly");
        SubscriptionFixture fixture = SubscriptionFixture.ofId(id)
                .with(status.equals("yearly") ? "pro-yearly" : "pro-monthly", 1)
                .in(
                        monthly || status.equals("yearly")
                                ? SubscriptionStatus.ACTIVE
                                : SubscriptionStatus.ofWire(status.replace("late", "past_due")));
        if (status.equals("trialing")) {
            fixture.trialUntil(instant("trial end"));
        }
        if (status.equals("canceled")) {
            fixture.endedAt(instant("end"));
        }
        if (text.contains("ending")) {
            fixture.endingAt(instant(text.contains("with the trial") ? "trial end" : "end"));
        }
        return fixture.build().toBuilder()
                .pause(text.contains("collection paused") ? CollectionPause.with(CollectionPause.Behavior.VOID) : null)
                .build();
    }
}
