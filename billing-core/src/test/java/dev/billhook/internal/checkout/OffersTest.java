package dev.billhook.internal.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.NotFoundException;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutRequestBuilder;
import dev.billhook.spi.provider.CheckoutGateway.Line;
import dev.billhook.spi.provider.CheckoutGateway.Order;
import java.net.URI;
import java.util.Currency;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("B6 What a request to Checkout buys")
class OffersTest {
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              solo: {name: Solo, tier: 10}
              team: {name: Team, tier: 20}
              storage: {name: Storage, kind: add-on}
              phone: {name: Phone, kind: add-on, on: [team]}
              start: {name: Start, kind: add-on}
            plans:
              solo-monthly: {product: solo, interval: month, pricing: {flat: {usd: 9, eur: 9}}, trial: {days: 14}}
              solo-lifetime: {product: solo, interval: once, pricing: {one_time: {usd: 299}}}
              team-monthly:
                {product: team, interval: month, pricing: {per_unit: {usd: 12}}, units: {minimum: 2, maximum: 50, included: 5}}
              team-started: {product: team, interval: month, pricing: {flat: {usd: 99}}, set_up_fee: start-fee}
              storage-monthly: {product: storage, interval: month, pricing: {per_unit: {usd: 5}}, units: {maximum: 9}}
              storage-yearly: {product: storage, interval: year, pricing: {per_unit: {usd: 50}}}
              phone-monthly: {product: phone, interval: month, pricing: {flat: {usd: 3, eur: 3}}}
              start-fee: {product: start, interval: once, pricing: {one_time: {usd: 49}}}
            """);
    private static final URI HOME = URI.create("https://app.example/");
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final Currency USD = Currency.getInstance("USD");

    private static Order buy(String plan, UnaryOperator<CheckoutRequestBuilder> wishes) {
        return new Offers(CATALOG, (account, offered) -> offered.days() < 100)
                .of(wishes.apply(builder(plan)).build());
    }

    private static CheckoutRequestBuilder builder(String plan) {
        return CheckoutRequest.builder(AccountRef.of("user", "42"), PlanKey.of(plan), HOME, HOME);
    }

    private static PlanKey plan(String key) {
        return PlanKey.of(key);
    }

    @Test
    @DisplayName("a plan with its trial, and nothing else unless asked for")
    void plain() {
        Order order = buy("solo-monthly", request -> request);

        assertThat(order.main()).isEqualTo(new Line(CATALOG.getPlan(plan("solo-monthly")), 1));
        assertThat(order.addOns()).isEmpty();
        assertThat(order.trial()).isEqualTo(new TrialTerms(14, true));
        assertThat(order.withoutTrial().trial()).isNull();
    }

    @Test
    @DisplayName("C9 another trial in place of the plan's, or none")
    void trials() {
        TrialTerms week = new TrialTerms(7, false);
        assertThat(buy("solo-monthly", request -> request.trial(week)).trial()).isEqualTo(week);
        assertThat(buy("solo-monthly", request -> request.trial(new TrialTerms(100, true)))
                        .trial())
                .as("not granted")
                .isNull();
        assertThat(buy("solo-monthly", CheckoutRequestBuilder::withoutTrial).trial())
                .isNull();
        assertThat(buy("team-monthly", request -> request.units(2).trial(week)).trial())
                .isEqualTo(week);
    }

    @Test
    @DisplayName("C7 at least the included units are bought")
    void includedUnits() {
        assertThat(buy("team-monthly", request -> request.units(2)).main().units())
                .isEqualTo(5);
        assertThat(buy("team-monthly", request -> request.units(8)).main().units())
                .isEqualTo(8);
    }

    @Test
    @DisplayName("C22 add-ons that go with the tier, in the order they were asked for")
    void addOns() {
        Order order = buy(
                "team-monthly",
                request -> request.units(2).addOn(plan("storage-monthly"), 3).addOn(plan("phone-monthly"), 1));

        assertThat(order.addOns())
                .extracting(line -> line.plan().key() + " " + line.units())
                .containsExactly("storage-monthly 3", "phone-monthly 1");
    }

    @ParameterizedTest
    @CsvSource({
        "solo-monthly, phone-monthly, 1, goes with 'solo'",
        "solo-monthly, solo-monthly, 1, no add-on",
        "solo-monthly, storage-yearly, 1, interval",
        "solo-monthly, start-fee, 1, interval",
        "team-monthly, storage-monthly, 10, 10 units"
    })
    @DisplayName("C22 an add-on that cannot be bought with the plan is refused")
    void wrongAddOn(String main, String addOn, long units, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> buy(
                        main,
                        request -> request.units(main.startsWith("team") ? 2 : 1)
                                .currency(USD)
                                .addOn(plan(addOn), units)))
                .withMessageContaining(why);
    }

    @Test
    @DisplayName("one currency for everything on the invoice: the asked one, or any the plan is sold in")
    void currencies() {
        assertThat(buy("solo-monthly", request -> request.currency(EUR)).main().units())
                .isEqualTo(1);
        assertThat(buy("solo-monthly", request -> request.currency(USD).addOn(plan("storage-monthly"), 1))
                        .addOns())
                .hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> buy("solo-monthly", request -> request.addOn(plan("storage-monthly"), 1)))
                .withMessageContaining("not sold in EUR");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        buy("solo-monthly", request -> request.currency(EUR).addOn(plan("storage-monthly"), 1)))
                .withMessageContaining("not sold in EUR");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> buy("team-monthly", request -> request.units(2).currency(EUR)))
                .withMessageContaining("choose one of [USD]");
    }

    @Test
    @DisplayName("C7 the buyer may adjust units within the plan's terms")
    void adjustable() {
        assertThat(buy("team-monthly", request -> request.units(6).adjustableUnits(2, 50))
                        .main()
                        .units())
                .isEqualTo(6);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> buy("team-monthly", request -> request.units(6).adjustableUnits(1, 50)))
                .withMessageContaining("1 units");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> buy("team-monthly", request -> request.units(6).adjustableUnits(2, 51)))
                .withMessageContaining("51 units");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> buy("solo-monthly", request -> request.adjustableUnits(1, 1)))
                .withMessageContaining("not sold by the unit");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder("team-monthly").units(6).adjustableUnits(2, 5).build())
                .withMessageContaining("bounds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start-fee", "storage-monthly"})
    @DisplayName("C22 add-ons are not sold by themselves, whether paid once or not")
    void notSold(String plan) {
        assertThatIllegalArgumentException().isThrownBy(() -> buy(plan, request -> request));
    }

    @Test
    @DisplayName("D4 a plan that is paid once is sold by itself, without a trial")
    void once() {
        Order order = buy("solo-lifetime", request -> request);

        assertThat(order.main()).isEqualTo(new Line(CATALOG.getPlan(plan("solo-lifetime")), 1));
        assertThat(order.trial()).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> buy("solo-lifetime", request -> request.trial(new TrialTerms(7, true))))
                .withMessageContaining("cannot be tried");
    }

    @Test
    @DisplayName("plans the catalog does not have are not found")
    void unknown() {
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> buy("gold", request -> request));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> buy("solo-monthly", request -> request.addOn(plan("gold"), 1)));
    }

    @Test
    @DisplayName("the host's notes must fit, and keep off Billhook's own")
    void notes() {
        assertThat(builder("solo-monthly")
                        .metadata("campaign", "spring")
                        .build()
                        .options()
                        .notes()
                        .metadata())
                .containsEntry("campaign", "spring");
        for (String key : new String[] {"billhook_account", "Billhook_x", "", "a[b]", "k".repeat(41), "a\nb"}) {
            assertThatIllegalArgumentException()
                    .as(key)
                    .isThrownBy(() -> builder("solo-monthly").metadata(key, "x").build());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder("solo-monthly").metadata("k", "v".repeat(501)).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder("solo-monthly").clientReference("r".repeat(201)).build());
    }

    @Test
    @DisplayName("D13 equal requests are told in equal words by every server")
    void equalWords() {
        CheckoutRequest one = builder("solo-monthly")
                .metadata("b", "2")
                .metadata("a", "1")
                .locale(Locale.GERMANY)
                .build();
        CheckoutRequest other = builder("solo-monthly")
                .locale(Locale.GERMANY)
                .metadata("a", "1")
                .metadata("b", "2")
                .build();
        assertThat(one).isEqualTo(other).hasToString(other.toString());
    }
}
