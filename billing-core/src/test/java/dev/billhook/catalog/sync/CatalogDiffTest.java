package dev.billhook.catalog.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.CatalogFixture;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.PortalSettings;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.catalog.sync.PublishedCatalog.PublishedPrice;
import dev.billhook.catalog.sync.PublishedCatalog.PublishedProduct;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("D6 the difference between catalog and provider is the steps that remove it")
class CatalogDiffTest {
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              pro: {name: Pro, description: For growing shows, tier: 20}
            plans:
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29.00}}}
            """);
    private static final PublishedCatalog SAME = published(CATALOG);

    @Test
    @DisplayName("D6 an empty provider gets every product before its prices")
    void everything() {
        CatalogDiff diff = CatalogDiff.between(CatalogFixture.catalog(), new PublishedCatalog(List.of(), List.of()));

        assertThat(diff.changes()).hasSize(13);
        assertThat(diff.changes().subList(0, 5)).hasOnlyElementsOfType(CatalogChange.CreateProduct.class);
        assertThat(diff.changes().subList(5, 13)).hasOnlyElementsOfType(CatalogChange.CreatePrice.class);
        assertThat(diff.empty()).isFalse();
    }

    @Test
    @DisplayName("D6 a provider that agrees needs nothing")
    void nothing() {
        CatalogDiff diff = CatalogDiff.between(CatalogFixture.catalog(), published(CatalogFixture.catalog()));

        assertThat(diff.empty()).isTrue();
        assertThat(diff.describe()).isEmpty();
    }

    @Test
    @DisplayName("D6 what the catalog does not name is left alone")
    void foreign() {
        PublishedCatalog more = published(CatalogFixture.catalog());
        PublishedCatalog both = new PublishedCatalog(
                Stream.concat(
                                SAME.products().stream(),
                                more.products().stream().filter(p -> !p.key().equals("pro")))
                        .toList(),
                Stream.concat(
                                SAME.prices().stream(),
                                more.prices().stream()
                                        .filter(p -> !p.plan().value().equals("pro-monthly")))
                        .toList());

        assertThat(CatalogDiff.between(CATALOG, both).empty()).isTrue();
    }

    @Test
    @DisplayName("D6 an object that two hosts made at once does not stop the comparison: the first one counts")
    void madeTwice() {
        PublishedCatalog twice = new PublishedCatalog(
                Stream.concat(SAME.products().stream(), Stream.of(new PublishedProduct("pro", "Other", null)))
                        .toList(),
                Stream.concat(SAME.prices().stream(), SAME.prices().stream()).toList());

        assertThat(CatalogDiff.between(CATALOG, twice).empty()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("D6 a product with another name or description is updated")
    void productChanges(String what, PublishedProduct theirs) {
        CatalogDiff diff = CatalogDiff.between(CATALOG, new PublishedCatalog(List.of(theirs), SAME.prices()));

        assertThat(diff.describe()).isEqualTo("~ product pro \"Pro\"");
    }

    static Stream<Arguments> productChanges() {
        return Stream.of(
                Arguments.of("name", new PublishedProduct("pro", "Professional", "For growing shows")),
                Arguments.of("description", new PublishedProduct("pro", "Pro", "Old")),
                Arguments.of("no description", new PublishedProduct("pro", "Pro", null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("B4 a price that differs is replaced by a new one that takes over the lookup key")
    void priceChanges(String what, UnaryOperator<PublishedPrice> change) {
        List<PublishedPrice> prices = SAME.prices().stream().map(change).toList();
        CatalogDiff diff = CatalogDiff.between(CATALOG, new PublishedCatalog(SAME.products(), prices));

        assertThat(diff.describe()).isEqualTo("~ price   pro-monthly (new price, takes over the lookup key)");
    }

    static Stream<Arguments> priceChanges() {
        Currency usd = Currency.getInstance("USD");
        Currency eur = Currency.getInstance("EUR");
        return Stream.of(
                price("amount", p -> with(p, new Pricing.Flat(Map.of(usd, 2800L)))),
                price("a currency more", p -> with(p, new Pricing.Flat(Map.of(usd, 2900L, eur, 1L)))),
                price("kind", p -> with(p, new Pricing.PerUnit(Map.of(usd, 2900L)))),
                price(
                        "interval",
                        p -> new PublishedPrice(p.plan(), p.productKey(), BillingInterval.YEARLY, p.pricing())),
                price("product", p -> new PublishedPrice(p.plan(), "hobby", p.interval(), p.pricing())),
                price("version", p -> new PublishedPrice(p.plan(), p.productKey(), p.interval(), p.pricing(), "2025")));
    }

    @Test
    @DisplayName("D6 the steps are readable, a line each")
    void describes() {
        CatalogDiff diff = CatalogDiff.between(CATALOG, new PublishedCatalog(List.of(), List.of()));

        assertThat(diff.describe()).isEqualTo("+ product pro \"Pro\"\n+ price   pro-monthly");
    }

    private static Arguments price(String what, UnaryOperator<PublishedPrice> change) {
        return Arguments.of(what, change);
    }

    private static PublishedPrice with(PublishedPrice price, Pricing pricing) {
        return new PublishedPrice(price.plan(), price.productKey(), price.interval(), pricing);
    }

    @Test
    @DisplayName(
            "B2 a portal is published if the provider has none or another, and again when a price of it is replaced")
    void portal() {
        Catalog offering = CATALOG.withPortal(portal(true));
        PortalOffer offer = PortalOffer.of(offering).orElseThrow();
        PublishedCatalog none = new PublishedCatalog(SAME.products(), SAME.prices());
        PublishedCatalog same = new PublishedCatalog(SAME.products(), SAME.prices(), offer);
        PublishedCatalog other = new PublishedCatalog(
                SAME.products(),
                SAME.prices(),
                PortalOffer.of(CATALOG.withPortal(portal(false))).orElseThrow());
        PublishedCatalog otherPrice = new PublishedCatalog(
                SAME.products(),
                List.of(new PublishedPrice(
                        PlanKey.of("pro-monthly"),
                        "pro",
                        BillingInterval.MONTHLY,
                        new Pricing.Flat(Map.of(Currency.getInstance("USD"), 1L)))),
                offer);

        assertThat(CatalogDiff.between(offering, none).describe()).isEqualTo("+ portal");
        assertThat(CatalogDiff.between(offering, same).empty()).isTrue();
        assertThat(CatalogDiff.between(offering, other).describe()).isEqualTo("~ portal");
        assertThat(CatalogDiff.between(offering, otherPrice).changes())
                .extracting(change -> change.getClass().getSimpleName())
                .containsExactly("ReplacePrice", "PublishPortal");
        assertThat(CatalogDiff.between(CATALOG, same).empty())
                .as("a catalog that says nothing of a portal leaves it alone")
                .isTrue();
    }

    private static PortalSettings portal(boolean invoices) {
        return new PortalSettings(
                null,
                null,
                null,
                invoices,
                true,
                Set.of(),
                new PortalSettings.Cancel(PortalSettings.End.PERIOD_END, true),
                new PortalSettings.Switching(
                        List.of(PlanKey.of("pro-monthly")), false, PortalSettings.Proration.PRORATE, true));
    }

    private static PublishedCatalog published(Catalog catalog) {
        return new PublishedCatalog(
                catalog.products().stream()
                        .map(product -> new PublishedProduct(product.key(), product.name(), product.description()))
                        .toList(),
                catalog.plans().stream().map(CatalogDiffTest::published).toList());
    }

    private static PublishedPrice published(Plan plan) {
        return new PublishedPrice(
                PlanKey.of(plan.key().value()), plan.product().key(), plan.interval(), plan.pricing());
    }
}
