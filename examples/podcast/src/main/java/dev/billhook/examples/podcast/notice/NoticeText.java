package dev.billhook.examples.podcast.notice;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingEvent.CancellationScheduled;
import dev.billhook.event.BillingEvent.CancellationWithdrawn;
import dev.billhook.event.BillingEvent.InvoicePaid;
import dev.billhook.event.BillingEvent.PaymentFailed;
import dev.billhook.event.BillingEvent.PaymentRecovered;
import dev.billhook.event.BillingEvent.PlanChangeScheduled;
import dev.billhook.event.BillingEvent.PlanChangeWithdrawn;
import dev.billhook.event.BillingEvent.PlanChanged;
import dev.billhook.event.BillingEvent.PurchaseFailed;
import dev.billhook.event.BillingEvent.PurchaseMade;
import dev.billhook.event.BillingEvent.PurchaseRestored;
import dev.billhook.event.BillingEvent.PurchaseRevoked;
import dev.billhook.event.BillingEvent.SubscriptionActivated;
import dev.billhook.event.BillingEvent.SubscriptionEnded;
import dev.billhook.event.BillingEvent.TrialStarted;
import dev.billhook.event.BillingEvent.UnitsChanged;
import dev.billhook.examples.podcast.web.Dates;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what an event means to a member; empty for what they need not read. */
@Component
class NoticeText {
    private final Catalog catalog;

    NoticeText(Catalog catalog) {
        this.catalog = catalog;
    }

    Optional<String> of(BillingEvent event) {
        @Nullable String text = null;
        if (event instanceof SubscriptionActivated activated) {
            text = "Your " + names(activated.plans()) + " plan is active.";
        } else if (event instanceof TrialStarted trial && trial.trialEnd() != null) {
            text = "Your free trial of " + names(trial.plans()) + " runs until " + Dates.format(trial.trialEnd()) + ".";
        } else if (event instanceof PlanChanged change) {
            text = "You moved from " + names(change.before()) + " to " + names(change.after()) + ".";
        } else if (event instanceof UnitsChanged change) {
            text = "You have " + change.after() + " seats now; it was " + change.before() + ".";
        } else if (event instanceof PlanChangeScheduled scheduled) {
            text = "You will move to " + names(scheduled.plans()) + " on " + Dates.format(scheduled.changesAt()) + ".";
        } else if (event instanceof PlanChangeWithdrawn) {
            text = "Your plan stays as it is.";
        } else if (event instanceof CancellationScheduled scheduled) {
            text = "Your subscription will end on " + Dates.format(scheduled.endsAt()) + ".";
        } else if (event instanceof CancellationWithdrawn) {
            text = "Your subscription goes on; the cancellation is withdrawn.";
        } else if (event instanceof SubscriptionEnded) {
            text = "Your subscription has ended.";
        } else if (event instanceof PaymentFailed failed) {
            text = "We could not collect " + failed.amountDue().format(Locale.US) + ". Please update your card.";
        } else if (event instanceof PaymentRecovered) {
            text = "Your payment came through. Thank you!";
        } else if (event instanceof InvoicePaid paid && paid.amountPaid().minorUnits() > 0) {
            text = "We received " + paid.amountPaid().format(Locale.US) + ". Thank you!";
        }
        return Optional.ofNullable(text).or(() -> ofPurchase(event)).or(() -> ReminderText.of(event));
    }

    private Optional<String> ofPurchase(BillingEvent event) {
        @Nullable String text = null;
        if (event instanceof PurchaseMade made) {
            text = names(List.of(made.plan())) + " is yours for ever. Thank you!";
        } else if (event instanceof PurchaseFailed) {
            text = "Your bank did not pay, so nothing was bought.";
        } else if (event instanceof PurchaseRevoked revoked) {
            text = names(List.of(revoked.plan())) + " is not yours any more: the payment went back.";
        } else if (event instanceof PurchaseRestored restored) {
            text = names(List.of(restored.plan())) + " is yours again.";
        }
        return Optional.ofNullable(text);
    }

    private String names(List<PlanKey> plans) {
        return plans.stream()
                .map(key ->
                        catalog.findPlan(key).map(plan -> plan.product().name()).orElse(key.value()))
                .distinct()
                .collect(Collectors.joining(" and "));
    }
}
