package dev.billhook.internal.discount;

import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.discount.AppliedDiscount;
import dev.billhook.discount.DiscountCheck;
import dev.billhook.discount.DiscountCheck.Reason;
import dev.billhook.discount.DiscountCheck.Refused;
import dev.billhook.discount.DiscountRefusedException;
import dev.billhook.discount.DiscountService;
import dev.billhook.discount.ReferralCode;
import dev.billhook.discount.ReferralRequest;
import dev.billhook.internal.account.CustomerProvisioner;
import dev.billhook.internal.discount.Redemption.Act;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.spi.provider.discount.DiscountGateway;
import dev.billhook.subscription.Subscription;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** See {@link DiscountService}. */
public final class DefaultDiscountService implements DiscountService {
    /** What speaks against one of several subscriptions only. */
    private static final Set<Reason> PASSED_OVER = Set.of(Reason.ALREADY_APPLIED, Reason.WRONG_PRODUCT);

    private final Catalog catalog;
    private final DiscountGateway gateway;
    private final Parts parts;
    private final CodeCheck codes;
    private final Redemption redemption;

    /** A service that redeems at the gateway. */
    public DefaultDiscountService(
            Catalog catalog, DiscountGateway gateway, Parts parts, Redemption.Ways ways, InstantSource clock) {
        this.catalog = catalog;
        this.gateway = gateway;
        this.parts = parts;
        this.codes = new CodeCheck(gateway, parts.accounts(), catalog, clock);
        this.redemption = new Redemption(gateway, codes, parts.subscriptions(), ways);
    }

    /** The parts of the billing it works with. */
    public record Parts(AccountService accounts, SubscriptionService subscriptions, Referrals referrals) {
        /** Parts whose referrals are made at the gateway. */
        public static Parts of(
                AccountService accounts,
                SubscriptionService subscriptions,
                DiscountGateway gateway,
                CustomerProvisioner customers,
                InstantSource clock) {
            return new Parts(accounts, subscriptions, new Referrals(gateway, customers, clock));
        }
    }

    @Override
    public DiscountCheck check(AccountRef account, String code, @Nullable PlanKey plan) {
        CodeCheck.Entered entered = codes.entered(account, code);
        return plan != null
                ? entered.forPlan(catalog.getPlan(plan))
                : parts.subscriptions()
                        .find(account)
                        .map(entered::forSubscription)
                        .orElseGet(entered::forAnything);
    }

    @Override
    public Subscription apply(AccountRef account, String code) {
        return apply(account, code, RequestKey.random(), false);
    }

    @Override
    public Subscription apply(AccountRef account, String code, RequestKey key) {
        return apply(account, code, key, true);
    }

    private Subscription apply(AccountRef account, String code, RequestKey key, boolean repeatable) {
        Subscription main = parts.subscriptions().find(account).orElseThrow(() -> noneRuns(account));
        return give(account, code, List.of(main), key, repeatable).get(0);
    }

    @Override
    public List<Subscription> applyToAll(AccountRef account, String code) {
        return give(account, code, running(account), RequestKey.random(), false);
    }

    @Override
    public List<Subscription> applyToAll(AccountRef account, String code, RequestKey key) {
        return give(account, code, running(account), key, true);
    }

    private List<Subscription> give(
            AccountRef account, String code, List<Subscription> wanted, RequestKey key, boolean repeatable) {
        Set<String> mine = new HashSet<>();
        return redemption.inTurn(account, act -> give(act, code, wanted, key, repeatable, mine));
    }

    /**
     * @param mine what this command was about to give already, in a turn that it lost
     */
    private List<Subscription> give(
            Act act, String code, List<Subscription> wanted, RequestKey key, boolean repeatable, Set<String> mine) {
        CodeCheck.Entered entered = codes.entered(act.account(), code);
        List<Subscription> fit = new ArrayList<>();
        List<Subscription> done = new ArrayList<>();
        Refused first = null;
        for (Subscription each : wanted) {
            Subscription now = redemption.refreshed(act.account(), each);
            if (now.status().ended()) {
                continue;
            }
            if (entered.forSubscription(now) instanceof Refused refused) {
                first = first == null ? refused : first;
                refuseUnless(PASSED_OVER.contains(refused.reason()), refused);
                if (refused.reason() == Reason.ALREADY_APPLIED && (repeatable || mine.contains(now.id()))) {
                    done.add(now);
                }
            } else {
                fit.add(now);
            }
        }
        if (fit.isEmpty() && first == null) {
            throw noneRuns(act.account());
        }
        if (fit.isEmpty() && first != null) {
            refuseUnless(!done.isEmpty(), first);
            return done;
        }
        fit.forEach(each -> mine.add(each.id()));
        List<Subscription> given = redemption.redeem(act, code, entered, fit, key);
        return Stream.concat(done.stream(), given.stream()).toList();
    }

    private static void refuseUnless(boolean bearable, Refused refused) {
        if (!bearable) {
            throw new DiscountRefusedException(refused);
        }
    }

    @Override
    public List<AppliedDiscount> list(AccountRef account) {
        return parts.subscriptions().list(account).stream()
                .filter(subscription -> !subscription.status().ended())
                .flatMap(subscription -> subscription.terms().discounts().stream()
                        .map(discount -> new AppliedDiscount(subscription.id(), discount)))
                .toList();
    }

    @Override
    public Subscription remove(AccountRef account, String discountId) {
        Subscription holder = holder(account, discountId)
                .orElseThrow(() -> new NotFoundException(
                        "discount",
                        discountId,
                        "No running subscription of account " + account
                                + " has it; list(account) tells those it has."));
        return redemption.inTurn(account, act -> {
            Subscription now = redemption.refreshed(account, holder);
            List<String> kept = new ArrayList<>(Redemption.ids(now));
            return kept.remove(discountId) ? redemption.set(act, now, kept, null, RequestKey.random()) : now;
        });
    }

    @Override
    public void removeAll(AccountRef account) {
        Optional<String> customer = parts.accounts().get(account).customerId();
        redemption.inTurn(account, act -> {
            for (Subscription each : open(account)) {
                Subscription now = redemption.refreshed(account, each);
                if (!Redemption.ids(now).isEmpty()) {
                    redemption.set(act, now, List.of(), null, RequestKey.random());
                }
            }
            return customer;
        });
        customer.ifPresent(id -> gateway.removeFromCustomer(id, RequestKey.random()));
    }

    @Override
    public ReferralCode createReferral(ReferralRequest request) {
        return createReferral(request, RequestKey.random());
    }

    @Override
    public ReferralCode createReferral(ReferralRequest request, RequestKey key) {
        return parts.referrals().create(request, key);
    }

    private Optional<Subscription> holder(AccountRef account, String discountId) {
        return open(account).stream()
                .filter(subscription -> Redemption.ids(subscription).contains(discountId))
                .findFirst();
    }

    private List<Subscription> running(AccountRef account) {
        List<Subscription> open = open(account);
        if (open.isEmpty()) {
            throw noneRuns(account);
        }
        return open;
    }

    private List<Subscription> open(AccountRef account) {
        return parts.subscriptions().list(account).stream()
                .filter(subscription -> !subscription.status().ended())
                .toList();
    }

    private static InvalidStateException noneRuns(AccountRef account) {
        return new InvalidStateException("Account " + account
                + " has no subscription that has not ended; send it to Checkout with the code instead");
    }
}
