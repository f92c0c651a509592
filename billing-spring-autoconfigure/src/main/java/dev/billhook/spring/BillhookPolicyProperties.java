package dev.billhook.spring;

import dev.billhook.addon.AddOnPolicy;
import dev.billhook.addon.AddOnPolicy.MainEnd;
import dev.billhook.conversion.Conversion;
import dev.billhook.conversion.ConversionPolicy;
import dev.billhook.purchase.PurchasePolicy;
import dev.billhook.purchase.PurchasePolicy.Disputes;
import dev.billhook.subscription.Cancellation.Settlement;
import dev.billhook.subscription.Timing;
import dev.billhook.trial.TrialPolicy;
import dev.billhook.trial.TrialPolicy.Misuse;
import dev.billhook.trial.TrialPolicy.Per;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the host wants plans changed, trials given and add-ons handled. A bean of the policy's own type goes first.
 *
 * @param conversion How plans are changed.
 * @param trial Who gets a free trial.
 * @param addOn How add-ons are handled.
 * @param purchase What follows from one-time purchases.
 * @since 0.1.0
 */
@ConfigurationProperties("billhook.policy")
public record BillhookPolicyProperties(
        @DefaultValue ConversionRules conversion,
        @DefaultValue TrialRules trial,
        @DefaultValue AddOnRules addOn,
        @DefaultValue PurchaseRules purchase) {
    /**
     * The conversion policy.
     *
     * @param timings When a change of each kind happens and how it is charged; kinds that are not named are as in the standard policy.
     * @param duringTrial When any change happens during the free trial.
     * @param units How units carry over to another plan.
     * @param addOns What happens to add-ons the other plan cannot have.
     * @param setUpFee Whether a change of product charges the set-up fee.
     */
    public record ConversionRules(
            @DefaultValue Map<Conversion.Kind, Timing> timings,
            @DefaultValue("now-without-proration") Timing duringTrial,
            @DefaultValue("keep") ConversionPolicy.UnitRule units,
            @DefaultValue("refuse") ConversionPolicy.AddOnRule addOns,
            @DefaultValue("waive") ConversionPolicy.SetUpFee setUpFee) {
        ConversionPolicy policy() {
            ConversionPolicy policy = ConversionPolicy.standard()
                    .withDuringTrial(duringTrial)
                    .with(units)
                    .with(addOns)
                    .with(setUpFee);
            for (Map.Entry<Conversion.Kind, Timing> each : timings.entrySet()) {
                policy = policy.with(each.getKey(), each.getValue());
            }
            return policy;
        }
    }

    /**
     * The trial policy.
     *
     * @param oncePer Of what a trial is given once: account, email, domain, card.
     * @param comebackCustomers Whether an account that had a subscription before gets one.
     * @param onMisuse What happens if a card that is known only after Checkout had a trial already.
     */
    public record TrialRules(
            @DefaultValue("account") Set<Per> oncePer,
            @DefaultValue("false") boolean comebackCustomers,
            @DefaultValue("tell") Misuse onMisuse) {
        TrialPolicy policy() {
            return new TrialPolicy(oncePer, comebackCustomers, onMisuse);
        }
    }

    /**
     * The purchase policy.
     *
     * @param disputes When a dispute takes away what was bought once: revoke-when-opened or revoke-when-lost.
     * @param remainder What becomes of the unused time of a subscription that a purchase replaces: refund, credit or nothing.
     */
    public record PurchaseRules(
            @DefaultValue("revoke-when-opened") Disputes disputes,
            @DefaultValue("refund") Settlement remainder) {
        PurchasePolicy policy() {
            return new PurchasePolicy(disputes, remainder);
        }
    }

    /**
     * The add-on policy.
     *
     * @param adding When an add-on is added and how it is charged, unless a call says otherwise.
     * @param removing When an add-on is removed, unless a call says otherwise.
     * @param mainEnd What happens to an add-on's own subscription when the main one ends.
     */
    public record AddOnRules(
            @DefaultValue("now-prorate") Timing adding,
            @DefaultValue("at-renewal") Timing removing,
            @DefaultValue("end-too") MainEnd mainEnd) {
        AddOnPolicy policy() {
            return new AddOnPolicy(adding, removing, mainEnd);
        }
    }
}
