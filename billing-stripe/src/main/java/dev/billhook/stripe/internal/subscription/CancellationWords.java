package dev.billhook.stripe.internal.subscription;

import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.billhook.subscription.Cancellation.Why;

/** Writes why an account leaves: the two calls that end a subscription have a type each for the same words. */
final class CancellationWords {
    private CancellationWords() {}

    static SubscriptionUpdateParams.CancellationDetails update(Why why) {
        SubscriptionUpdateParams.CancellationDetails.Builder details =
                SubscriptionUpdateParams.CancellationDetails.builder();
        if (why.comment() != null) {
            details.setComment(why.comment());
        }
        if (why.feedback() != null) {
            details.setFeedback(SubscriptionUpdateParams.CancellationDetails.Feedback.valueOf(
                    why.feedback().name()));
        }
        return details.build();
    }

    static SubscriptionCancelParams.CancellationDetails end(Why why) {
        SubscriptionCancelParams.CancellationDetails.Builder details =
                SubscriptionCancelParams.CancellationDetails.builder();
        if (why.comment() != null) {
            details.setComment(why.comment());
        }
        if (why.feedback() != null) {
            details.setFeedback(SubscriptionCancelParams.CancellationDetails.Feedback.valueOf(
                    why.feedback().name()));
        }
        return details.build();
    }
}
