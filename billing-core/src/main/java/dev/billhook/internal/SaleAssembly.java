package dev.billhook.internal;

import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.checkout.CheckoutService;
import dev.billhook.checkout.PortalService;
import dev.billhook.discount.DiscountService;
import dev.billhook.internal.account.CustomerProvisioner;
import dev.billhook.internal.checkout.Admission;
import dev.billhook.internal.checkout.DefaultCheckoutService;
import dev.billhook.internal.checkout.DefaultPortalService;
import dev.billhook.internal.checkout.NewCards;
import dev.billhook.internal.checkout.Offers;
import dev.billhook.internal.checkout.PlanSwitches;
import dev.billhook.internal.checkout.VisitClaims;
import dev.billhook.internal.checkout.Visits;
import dev.billhook.internal.discount.CodeCheck;
import dev.billhook.internal.discount.DefaultDiscountService;
import dev.billhook.internal.discount.Redemption;
import dev.billhook.internal.invoice.DefaultInvoiceService;
import dev.billhook.internal.invoice.Estimator;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.offer.Places;
import dev.billhook.internal.purchase.PurchaseSync;
import dev.billhook.internal.quote.Acceptance;
import dev.billhook.internal.quote.AccountQuotes;
import dev.billhook.internal.quote.DefaultQuoteService;
import dev.billhook.internal.quote.QuoteTerms;
import dev.billhook.internal.quote.Starts;
import dev.billhook.internal.turn.AccountTurns;
import dev.billhook.invoice.InvoiceService;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.quote.QuoteService;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.trial.TrialService;
import java.time.InstantSource;
import java.util.function.BiPredicate;

/**
 * The part of the assembly that puts together what sells and what it is sold for: the provider's pages, quotes, discounts and
 * invoices.
 */
final class SaleAssembly {
    private final PaymentProvider provider;
    private final BillingStores stores;
    private final Assembly.Rules rules;
    private final InstantSource clock;
    private final Parts parts;
    private final VisitClaims claims;

    SaleAssembly(
            PaymentProvider provider, BillingStores stores, Assembly.Rules rules, InstantSource clock, Parts parts) {
        this.provider = provider;
        this.stores = stores;
        this.rules = rules;
        this.clock = clock;
        this.parts = parts;
        this.claims = new VisitClaims(stores, parts.places(), clock);
    }

    /** What other capabilities work with too. */
    record Parts(AccountService accounts, CustomerProvisioner customers, MirrorSync sync, Places places) {}

    /** The visits of Checkout; the places of limited offers are freed by them from now on. */
    Visits visits(PurchaseSync purchases) {
        NewCards cards = new NewCards(provider, stores, parts.sync());
        Visits visits = new Visits(provider.checkout(), claims, parts.places(), parts.sync(), cards, purchases);
        parts.places().lookWith(visits::lookAt);
        return visits;
    }

    CheckoutService checkout(Visits visits, TrialService trials) {
        return new DefaultCheckoutService(
                new Offers(rules.catalog(), granting(trials)),
                rules.origins(),
                parts.customers(),
                new Admission(rules.catalog(), stores, claims),
                new DefaultCheckoutService.Pages(provider.checkout(), visits));
    }

    PortalService portal(SubscriptionService subscriptions) {
        return new DefaultPortalService(
                parts.accounts(),
                subscriptions,
                new PlanSwitches(rules.catalog(), rules.converter()),
                provider.portal(),
                rules.origins());
    }

    InvoiceService invoices(SubscriptionService subscriptions) {
        return new DefaultInvoiceService(parts.accounts(), provider, estimator(subscriptions), parts.sync());
    }

    DiscountService discounts(SubscriptionService subscriptions, AccountTurns turns) {
        return new DefaultDiscountService(
                rules.catalog(),
                provider.discounts(),
                DefaultDiscountService.Parts.of(
                        parts.accounts(), subscriptions, provider.discounts(), parts.customers(), clock),
                new Redemption.Ways(parts.sync(), turns),
                clock);
    }

    QuoteService quotes(SubscriptionService subscriptions, TrialService trials) {
        CodeCheck codes = new CodeCheck(provider.discounts(), parts.accounts(), rules.catalog(), clock);
        QuoteTerms terms = new QuoteTerms(rules.catalog(), rules.converter(), new Starts(codes, granting(trials)));
        return new DefaultQuoteService(
                parts.customers(),
                new AccountQuotes(parts.accounts(), provider.quotes(), clock),
                terms,
                new Acceptance(subscriptions, terms, provider.quotes(), parts.sync()),
                estimator(subscriptions));
    }

    private static BiPredicate<AccountRef, TrialTerms> granting(TrialService trials) {
        return (account, offered) -> trials.check(account, offered).granted();
    }

    private Estimator estimator(SubscriptionService subscriptions) {
        return new Estimator(subscriptions, provider.estimates());
    }
}
