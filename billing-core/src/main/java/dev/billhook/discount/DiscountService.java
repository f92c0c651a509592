package dev.billhook.discount;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.subscription.Subscription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Promotion codes: checks them, redeems them for running subscriptions and makes them. Thread-safe.
 *
 * <p>A subscription can have several discounts; each reduces what the ones before it left. Stripe no longer gives discounts to
 * customers as a whole (API 2025-03-31), so the level above the subscription is all of an account's running subscriptions; for what
 * it buys later, Checkout takes a code.
 *
 * <p>Every command throws {@link dev.billhook.error.ProviderException} if the provider refuses or cannot be reached. Those with a
 * {@link RequestKey} can be repeated with the same key after a failure: what was done already is not done again, and not refused.
 *
 * @since 0.1.0
 */
public interface DiscountService {
    /**
     * Whether the account could redeem a code. Asks the provider, changes nothing. Prices are judged as the catalog has them now.
     *
     * @param code what somebody entered; case and blanks around it do not matter
     * @param plan what is to be bought; null for the account's running main subscription or, without one, for anything
     * @throws dev.billhook.NotFoundException if the account was never registered, or the catalog has no such plan
     */
    DiscountCheck check(AccountRef account, String code, @Nullable PlanKey plan);

    /**
     * Redeems a code for the account's main subscription, next to the discounts it has.
     *
     * @return the subscription's new state
     * @throws DiscountRefusedException if it cannot be redeemed, also if that became so a moment ago
     * @throws dev.billhook.InvalidStateException if no subscription is running
     */
    Subscription apply(AccountRef account, String code);

    /**
     * The same, repeatable: a discount of the same coupon that is there counts as given by this request.
     *
     * @throws DiscountRefusedException if it cannot be redeemed, also if that became so a moment ago
     * @throws dev.billhook.InvalidStateException if no subscription is running
     */
    Subscription apply(AccountRef account, String code, RequestKey key);

    /**
     * Redeems a code once for each of the account's running subscriptions it is meant for. Either all of them get it or none.
     *
     * @return the new states of those it was redeemed for
     * @throws DiscountRefusedException if it can be redeemed for none of them, or not for all it is meant for
     * @throws dev.billhook.InvalidStateException if no subscription is running
     */
    List<Subscription> applyToAll(AccountRef account, String code);

    /**
     * The same, repeatable: discounts of the same coupon that are there count as given by this request.
     *
     * @throws DiscountRefusedException if it can be redeemed for none of them, or not for all it is meant for
     * @throws dev.billhook.InvalidStateException if no subscription is running
     */
    List<Subscription> applyToAll(AccountRef account, String code, RequestKey key);

    /** The discounts of the account's running subscriptions, in the order in which they count. Reads the mirror only. */
    List<AppliedDiscount> list(AccountRef account);

    /**
     * Takes one discount off. What was invoiced stays.
     *
     * @param discountId {@link AppliedDiscount#id()}
     * @return the subscription's new state
     * @throws dev.billhook.NotFoundException if no running subscription of the account has it
     */
    Subscription remove(AccountRef account, String discountId);

    /**
     * Takes all discounts off the account's running subscriptions, and the one the customer as a whole may have from earlier
     * versions of Stripe's API. Repeating it does no harm.
     */
    void removeAll(AccountRef account);

    /**
     * Makes a code to be handed on. Codes of the same reduction and duration share a coupon.
     *
     * @throws dev.billhook.InvalidStateException if the word is another active code's
     * @throws dev.billhook.NotFoundException if the account it is for was never registered
     */
    ReferralCode createReferral(ReferralRequest request);

    /**
     * The same, repeatable.
     *
     * @throws dev.billhook.InvalidStateException if the word is another active code's
     * @throws dev.billhook.NotFoundException if the account it is for was never registered
     */
    ReferralCode createReferral(ReferralRequest request, RequestKey key);
}
