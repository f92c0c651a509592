package dev.billhook.stripe;

import static dev.billhook.stripe.testing.Storefront.ADA;
import static dev.billhook.stripe.testing.Storefront.BOB;
import static dev.billhook.stripe.testing.Storefront.lines;
import static dev.billhook.stripe.testing.Storefront.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.discount.DiscountCheck;
import dev.billhook.discount.DiscountRefusedException;
import dev.billhook.error.PaymentDeclinedException;
import dev.billhook.invoice.Estimate;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceQuery;
import dev.billhook.quote.Quote;
import dev.billhook.quote.Quote.At;
import dev.billhook.quote.QuoteRefusedException;
import dev.billhook.quote.QuoteRefusedException.Reason;
import dev.billhook.quote.QuoteRequest;
import dev.billhook.quote.QuoteService;
import dev.billhook.stripe.testing.Storefront;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.subscription.Timing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C12 Quotes")
class QuotesTest {
    private static final PlanKey PRO = PlanKey.of("pro-monthly");
    private static final PlanKey TEAM = PlanKey.of("team-monthly");
    private static final QuoteRequest FIVE = QuoteRequest.of(TEAM).withUnits(5);

    @AutoClose
    private final Storefront shop = new Storefront();

    private final QuoteService quotes = shop.billing().quotes();

    private List<Invoice> invoices() {
        return shop.billing().invoices().list(ADA, InvoiceQuery.newest()).invoices();
    }

    private void assertRefused(Reason reason, Runnable call) {
        assertThatExceptionOfType(QuoteRefusedException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.remedy()).isNotBlank());
    }

    @Test
    @DisplayName("C12 a new subscription is offered on paper, and nothing is made or charged")
    void offered() {
        shop.customer(ADA, "pm_card_visa");

        Quote quote = quotes.create(ADA, FIVE.withMemo("As agreed"));

        assertThat(quote.kind()).isEqualTo(Quote.Kind.NEW);
        assertThat(quote.status()).isEqualTo(Quote.Status.OPEN);
        assertThat(quote.number()).isNotBlank();
        assertThat(quote.plan()).isEqualTo(TEAM);
        assertThat(quote.units()).isEqualTo(5);
        assertThat(quote.interval()).isEqualTo(BillingInterval.MONTHLY);
        assertThat(quote.recurring()).isEqualTo(new Quote.Totals(usd(6000), usd(0), usd(0), usd(6000)));
        assertThat(quote.firstInvoice()).hasValue(quote.recurring());
        assertThat(quote.lines()).singleElement().satisfies(line -> {
            assertThat(line.description()).contains("Team");
            assertThat(line.units()).isEqualTo(5);
            assertThat(line.total()).isEqualTo(usd(6000));
        });
        assertThat(quote.expiresAt()).isAfter(quote.createdAt());
        assertThat(quotes.list(ADA)).containsExactly(quote);
        assertThat(new String(quotes.pdf(ADA, quote.id()), 0, 5, StandardCharsets.US_ASCII))
                .isEqualTo("%PDF-");
        assertThat(invoices()).isEmpty();
        shop.settle();
        assertThat(shop.billing().subscriptions().list(ADA)).isEmpty();
    }

    @Test
    @DisplayName(
            "C12 an account that never was at the provider is offered something, accepts, and is subscribed at once")
    void acceptedNew() {
        shop.billing().accounts().register(ADA, AccountProfile.ofEmail("ada@example.com"));
        Quote quote = quotes.create(ADA, FIVE);
        shop.card(ADA, "pm_card_visa");

        Quote accepted = quotes.accept(ADA, quote.id(), At.NOW);

        assertThat(accepted.status()).isEqualTo(Quote.Status.ACCEPTED);
        assertThat(accepted.acceptance()).isNotNull();
        Subscription subscription = shop.subscription(ADA);
        assertThat(subscription.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(lines(subscription)).containsExactly("team-monthly × 5");
        assertThat(invoices())
                .singleElement()
                .satisfies(invoice -> assertThat(invoice.totals().total()).isEqualTo(usd(6000)));
        assertThat(quotes.accept(ADA, quote.id(), At.NOW)).isEqualTo(accepted);
        shop.settle();
        assertThat(shop.subscription(ADA)).isEqualTo(subscription);
        assertThat(shop.billing().subscriptions().list(ADA)).hasSize(1);
    }

    @Test
    @DisplayName("C12 a new subscription can be offered on invoice")
    void onInvoice() {
        shop.customer(ADA, "pm_card_visa");

        Quote quote = quotes.create(ADA, FIVE.collectedBy(CollectionMethod.invoice(14)));
        quotes.accept(ADA, quote.id(), At.NOW);

        assertThat(shop.subscription(ADA).terms().collection()).isEqualTo(CollectionMethod.invoice(14));
    }

    @Test
    @DisplayName("C12 C9 C19 a new subscription can be offered with a trial and a promotion code, once they count")
    void trialAndCode() {
        shop.customer(ADA, "pm_card_visa");
        shop.post("/v1/coupons", "id=half&percent_off=50&duration=forever");
        shop.post("/v1/promotion_codes", "promotion[type]=coupon&promotion[coupon]=half&code=HALF");
        QuoteRequest request = FIVE.withTrial(new TrialTerms(14, true)).withCode("half");

        Quote quote = quotes.create(ADA, request);
        assertThat(quote.recurring().total()).isEqualTo(usd(3000));
        quotes.accept(ADA, quote.id(), At.NOW);

        Subscription subscription = shop.subscription(ADA);
        assertThat(subscription.status()).isEqualTo(SubscriptionStatus.TRIALING);
        assertThat(subscription.trialEnd()).isEqualTo(quote.createdAt().plus(Duration.ofDays(14)));
        assertThat(subscription.terms().discounts()).hasSize(1);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .as("a change")
                .isThrownBy(() -> quotes.create(ADA, request));

        shop.billing().subscriptions().cancel(ADA, Cancellation.now());
        shop.settle();
        quotes.accept(ADA, quotes.create(ADA, request).id(), At.NOW);
        assertThat(shop.subscription(ADA).status())
                .as("who had his trial gets none")
                .isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    @DisplayName("C12 C19 a code that does not count is refused with its reason, and nothing is offered")
    void refusedCode() {
        shop.customer(ADA, "pm_card_visa");

        assertThatExceptionOfType(DiscountRefusedException.class)
                .isThrownBy(() -> quotes.create(ADA, FIVE.withCode("NONE")))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(DiscountCheck.Reason.MISSING));
        assertThat(quotes.list(ADA)).isEmpty();
    }

    @Test
    @DisplayName("C12 a new subscription has no renewal to wait for, and is not begun beside another")
    void newOnly() {
        shop.customer(ADA, "pm_card_visa");
        Quote quote = quotes.create(ADA, FIVE);

        assertRefused(Reason.NO_RENEWAL, () -> quotes.accept(ADA, quote.id(), At.RENEWAL));
        assertThatExceptionOfType(InvalidStateException.class)
                .isThrownBy(() -> quotes.estimate(ADA, quote.id(), At.NOW));
        shop.subscribe(ADA, "pro-monthly", 1, "");
        assertRefused(Reason.ALREADY_SUBSCRIBED, () -> quotes.accept(ADA, quote.id(), At.NOW));
        assertThat(quotes.get(ADA, quote.id()).status()).isEqualTo(Quote.Status.OPEN);
    }

    @Test
    @DisplayName("C12 a change accepted now is made at once in the same subscription, and charges what was estimated")
    void acceptedNow() {
        shop.customer(ADA, "pm_card_visa");
        Subscription before =
                shop.subscribe(ADA, "pro-monthly", 1, "&items[1][price]=" + shop.price("storage-monthly"));
        Quote quote = quotes.create(ADA, FIVE);
        assertThat(quote.kind()).isEqualTo(Quote.Kind.CHANGE);
        assertThat(quote.firstInvoice()).isEmpty();
        assertThat(quote.lines()).hasSize(2);
        assertThat(quote.recurring().total()).isEqualTo(usd(6500));
        assertThat(shop.subscription(ADA)).isEqualTo(before);
        shop.advance(Duration.ofDays(10));

        Estimate estimate = quotes.estimate(ADA, quote.id(), At.NOW);
        Quote accepted = quotes.accept(ADA, quote.id(), At.NOW);

        assertThat(invoices().get(0).totals()).isEqualTo(estimate.totals());
        assertThat(estimate.totals().due().minorUnits()).isBetween(1L, 3100L);
        Subscription now = shop.subscription(ADA);
        assertThat(now.id()).isEqualTo(before.id());
        assertThat(lines(now)).containsExactly("storage-monthly × 1", "team-monthly × 5");
        assertThat(accepted.status()).isEqualTo(Quote.Status.ACCEPTED);
        assertThat(accepted.acceptance())
                .isEqualTo(new Quote.Acceptance(At.NOW, Instant.parse("2027-01-20T10:00:00Z")));
        assertThat(quotes.accept(ADA, quote.id(), At.NOW)).isEqualTo(accepted);
        shop.renew(ADA);
        assertThat(invoices().get(0).totals().total())
                .isEqualTo(quote.recurring().total());
    }

    @Test
    @DisplayName(
            "C12 a change accepted at renewal costs nothing before, and then what was offered, discount and tax included")
    void acceptedAtRenewal() {
        shop.customer(ADA, "pm_card_visa");
        shop.post("/v1/coupons", "id=tenth&percent_off=10&duration=forever");
        String vat = shop.post("/v1/tax_rates", "display_name=VAT&percentage=19&inclusive=false");
        Subscription before =
                shop.subscribe(ADA, "pro-monthly", 1, "&discounts[0][coupon]=tenth&default_tax_rates[0]=" + vat);
        Quote quote = quotes.create(ADA, FIVE);
        assertThat(quote.recurring()).isEqualTo(new Quote.Totals(usd(6000), usd(600), usd(1026), usd(6426)));

        Estimate estimate = quotes.estimate(ADA, quote.id(), At.RENEWAL);
        Quote accepted = quotes.accept(ADA, quote.id(), At.RENEWAL);

        Subscription scheduled = shop.subscription(ADA);
        assertThat(lines(scheduled)).isEqualTo(lines(before));
        assertThat(scheduled.scheduledChange())
                .hasValueSatisfying(change -> assertThat(change.plans()).containsExactly(TEAM));
        assertThat(accepted.status()).isEqualTo(Quote.Status.ACCEPTED);
        assertThat(quotes.accept(ADA, quote.id(), At.RENEWAL)).isEqualTo(accepted);
        shop.settle();
        assertThat(invoices()).hasSize(1);
        shop.renew(ADA);
        assertThat(lines(shop.subscription(ADA))).containsExactly("team-monthly × 5");
        assertThat(invoices().get(0).totals()).isEqualTo(estimate.totals());
        assertThat(invoices().get(0).totals().total())
                .isEqualTo(quote.recurring().total());
        assertThat(quotes.list(ADA)).containsExactly(accepted);
    }

    @Test
    @DisplayName("C12 a change is offered with the subscription's taxes, those of its lines too, and charged with them")
    void taxed() {
        shop.customer(ADA, "pm_card_visa");
        String vat = shop.post("/v1/tax_rates", "display_name=VAT&percentage=19&inclusive=false");
        String reduced = shop.post("/v1/tax_rates", "display_name=VAT&percentage=7&inclusive=false");
        shop.subscribe(
                ADA,
                "pro-monthly",
                1,
                "&default_tax_rates[0]=" + vat + "&items[1][price]=" + shop.price("storage-monthly")
                        + "&items[1][quantity]=4&items[1][tax_rates][0]=" + reduced);

        Quote quote = quotes.create(ADA, FIVE);
        quotes.accept(ADA, quote.id(), At.NOW);
        shop.renew(ADA);

        assertThat(quote.recurring().tax()).isEqualTo(usd(1140 + 140));
        assertThat(invoices().get(0).totals().total())
                .isEqualTo(quote.recurring().total());
    }

    @Test
    @DisplayName("C12 a change that is not paid is not made, and can be accepted with another card")
    void declined() {
        shop.customer(ADA, "pm_card_visa");
        Subscription before = shop.subscribe(ADA, "pro-monthly", 1, "");
        Quote quote = quotes.create(ADA, FIVE);
        shop.card(ADA, "pm_card_chargeCustomerFail");

        assertThatExceptionOfType(PaymentDeclinedException.class)
                .isThrownBy(() -> quotes.accept(ADA, quote.id(), At.NOW));

        assertThat(quotes.get(ADA, quote.id())).isEqualTo(quote);
        assertThat(shop.subscription(ADA)).isEqualTo(before);
        shop.card(ADA, "pm_card_visa");
        assertThat(quotes.accept(ADA, quote.id(), At.NOW).status()).isEqualTo(Quote.Status.ACCEPTED);
        assertThat(lines(shop.subscription(ADA))).containsExactly("team-monthly × 5");
    }

    @Test
    @DisplayName(
            "C12 an acceptance that was cut off after the change is completed by accepting again, without a second charge")
    void cutOff() {
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, "");
        Quote quote = quotes.create(ADA, FIVE);
        shop.billing()
                .subscriptions()
                .changePlan(ADA, PlanChange.to(TEAM).withUnits(5).at(Timing.NOW_INVOICE));
        int charged = invoices().size();

        assertThat(quotes.accept(ADA, quote.id(), At.NOW).status()).isEqualTo(Quote.Status.ACCEPTED);

        assertThat(invoices()).hasSize(charged);
    }

    @Test
    @DisplayName("C12 an offer holds for the subscription and the price it was made for only")
    void outdated() {
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "team-monthly", 2, "");
        Quote units = quotes.create(ADA, FIVE);
        shop.billing().subscriptions().setUnits(ADA, 3);

        assertRefused(Reason.SUBSCRIPTION_CHANGED, () -> quotes.accept(ADA, units.id(), At.NOW));
        assertRefused(Reason.SUBSCRIPTION_CHANGED, () -> quotes.estimate(ADA, units.id(), At.NOW));

        Quote price = quotes.create(ADA, QuoteRequest.of(PRO));
        String product = shop.get("/v1/prices/" + shop.price("pro-monthly"))
                .replaceFirst("(?s).*\"product\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        shop.post(
                "/v1/prices",
                "currency=usd&unit_amount=3900&recurring[interval]=month&lookup_key=pro-monthly"
                        + "&transfer_lookup_key=true&metadata[billhook_plan]=pro-monthly&product=" + product);

        assertRefused(Reason.PRICE_CHANGED, () -> quotes.accept(ADA, price.id(), At.RENEWAL));
        assertThat(lines(shop.subscription(ADA))).containsExactly("team-monthly × 3");
        assertRefused(Reason.NOTHING_TO_CHANGE, () -> quotes.create(ADA, QuoteRequest.of(TEAM)));
    }

    @Test
    @DisplayName("C12 a quote runs out by itself, or is withdrawn")
    void closed() {
        shop.customer(ADA, "pm_card_visa");
        Instant soon = shop.simulator().instantSource().instant().plus(Duration.ofDays(2));
        Quote late = quotes.create(ADA, FIVE.until(soon));
        Quote withdrawn = quotes.create(ADA, FIVE);
        assertThat(late.expiresAt()).isEqualTo(soon);

        assertThat(quotes.cancel(ADA, withdrawn.id()).status()).isEqualTo(Quote.Status.CANCELED);
        assertThat(quotes.cancel(ADA, withdrawn.id()).status()).isEqualTo(Quote.Status.CANCELED);
        shop.advance(Duration.ofDays(3));

        assertThat(quotes.list(ADA))
                .extracting(Quote::status)
                .containsExactly(Quote.Status.CANCELED, Quote.Status.EXPIRED);
        assertRefused(Reason.EXPIRED, () -> quotes.accept(ADA, late.id(), At.NOW));
        assertRefused(Reason.CANCELED, () -> quotes.accept(ADA, withdrawn.id(), At.NOW));
        Quote taken = quotes.create(ADA, FIVE);
        quotes.accept(ADA, taken.id(), At.NOW);
        assertRefused(Reason.ACCEPTED, () -> quotes.cancel(ADA, taken.id()));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> quotes.create(ADA, FIVE.until(soon)));
    }

    @Test
    @DisplayName("C12 the same request with the same key makes one quote")
    void repeated() {
        shop.customer(ADA, "pm_card_visa");
        RequestKey key = RequestKey.random();

        Quote quote = quotes.create(ADA, FIVE, key);

        assertThat(quotes.create(ADA, FIVE, key)).isEqualTo(quote);
        assertThat(quotes.list(ADA)).hasSize(1);
    }

    @Test
    @DisplayName("C12 nobody sees, accepts or withdraws the quote of another account, nor one Billhook did not make")
    void others() {
        String customer = shop.customer(ADA, "pm_card_visa");
        shop.customer(BOB, "pm_card_visa");
        Quote quote = quotes.create(ADA, FIVE);
        String foreign =
                shop.post("/v1/quotes", "customer=" + customer + "&line_items[0][price]=" + shop.price("pro-monthly"));

        assertThat(quotes.find(BOB, quote.id())).isEmpty();
        assertThat(quotes.find(ADA, "qt_unknown")).isEmpty();
        assertThat(quotes.find(ADA, "../x")).isEmpty();
        assertThat(quotes.find(ADA, foreign)).isEmpty();
        assertThat(quotes.list(ADA)).containsExactly(quote);
        assertThat(quotes.list(BOB)).isEmpty();
        List<Runnable> calls = List.of(
                () -> quotes.accept(BOB, quote.id(), At.NOW),
                () -> quotes.cancel(BOB, quote.id()),
                () -> quotes.pdf(BOB, quote.id()),
                () -> quotes.estimate(BOB, quote.id(), At.NOW));
        for (Runnable call : calls) {
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(call::run);
        }
    }

    @Test
    @DisplayName("C12 what is not sold by itself is not offered by itself")
    void notSold() {
        shop.customer(ADA, "pm_card_visa");

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> quotes.create(ADA, QuoteRequest.of(PlanKey.of("storage-monthly"))));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> quotes.create(ADA, QuoteRequest.of(PRO).withUnits(2)));
    }

    @Test
    @DisplayName("A8 changes are offered in the subscription's currency, without and with three decimals")
    void currencies() {
        shop.customer(ADA, "pm_card_visa");
        shop.customer(BOB, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, "&currency=jpy");
        shop.subscribe(BOB, "pro-monthly", 1, "&currency=kwd");

        Quote yen = quotes.create(ADA, FIVE);
        Quote dinar = quotes.create(BOB, FIVE);

        assertThat(yen.recurring().total()).hasToString("6000 JPY");
        assertThat(dinar.recurring().total()).hasToString("20.050 KWD");
        quotes.accept(ADA, yen.id(), At.RENEWAL);
        quotes.accept(BOB, dinar.id(), At.RENEWAL);
        shop.renew(ADA);
        assertThat(invoices().get(0).totals().total()).isEqualTo(yen.recurring().total());
        assertThat(shop.billing()
                        .invoices()
                        .list(BOB, InvoiceQuery.newest())
                        .invoices()
                        .get(0)
                        .totals()
                        .total())
                .isEqualTo(dinar.recurring().total());
    }
}
