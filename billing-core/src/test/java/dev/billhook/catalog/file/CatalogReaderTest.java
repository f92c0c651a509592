package dev.billhook.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.BillingException;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.CatalogException;
import dev.billhook.catalog.Limit;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Product;
import dev.billhook.catalog.Tier;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.catalog.UnitTerms;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("C1 the catalog is read from a YAML or JSON file")
class CatalogReaderTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final String MINIMAL = """
            products: {pro: {name: Pro, tier: 1}}
            plans: {pro: {product: pro, interval: month, pricing: {flat: {usd: 29.00}}}}
            """;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("C1 the example in the documentation is the file the tests read")
    void documentation() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "catalog.md"));

        assertThat(document).contains("```yaml\n" + example() + "```\n");
    }

    @Test
    @DisplayName("C21 products carry tier, features and limits")
    void products() throws IOException {
        Catalog catalog = CatalogReader.readYaml(example());

        assertThat(catalog.products())
                .extracting(Product::key)
                .containsExactly("pro", "team", "api", "storage", "onboarding");
        assertThat(catalog.products().get(0))
                .isEqualTo(new Product(
                        "pro",
                        "Pro",
                        "For growing shows",
                        20,
                        Set.of("transcripts", "custom-domain"),
                        Map.of("episodes", Limit.unlimited(), "storage-gb", Limit.of(50))));
        assertThat(catalog.products().get(1).limits()).containsEntry("seats", Limit.perUnit(1));
        assertThat(catalog.products().get(2).description()).isNull();
        assertThat(catalog.products().get(2).limits()).isEmpty();
    }

    @Test
    @DisplayName("B3 plans carry interval, price, trial and unit terms")
    void plans() throws IOException {
        Catalog catalog = CatalogReader.readYaml(example());

        assertThat(catalog.plans())
                .extracting(plan -> plan.key().value())
                .containsExactly(
                        "pro-monthly",
                        "pro-quarterly",
                        "pro-lifetime",
                        "team-monthly",
                        "team-yearly",
                        "api-metered",
                        "storage-monthly",
                        "storage-yearly",
                        "onboarding-fee");
        Plan monthly = catalog.getPlan(PlanKey.of("pro-monthly"));
        assertThat(monthly.interval()).isEqualTo(BillingInterval.MONTHLY);
        assertThat(monthly.trial()).isEqualTo(new TrialTerms(14, false));
        assertThat(monthly.units()).isEqualTo(UnitTerms.SINGLE);
        Plan quarterly = catalog.getPlan(PlanKey.of("pro-quarterly"));
        assertThat(quarterly.interval()).isEqualTo(new BillingInterval(BillingInterval.Unit.MONTH, 3));
        assertThat(quarterly.trial()).isNull();
        assertThat(catalog.getPlan(PlanKey.of("pro-lifetime")).interval()).isEqualTo(BillingInterval.ONCE);
        assertThat(catalog.getPlan(PlanKey.of("team-monthly")).units()).isEqualTo(new UnitTerms(2, 100L));
        assertThat(catalog.getPlan(PlanKey.of("team-yearly")).units())
                .isEqualTo(new UnitTerms(1, null, 10, UnitTerms.Beyond.INVOICE_NOW));
    }

    @Test
    @DisplayName(
            "D4 a plan can be limited to some accounts; a place is held for half an hour and sold again if nothing is said")
    void limited() throws IOException {
        Catalog catalog = CatalogReader.readYaml(example());
        Catalog minimal = CatalogReader.readYaml(MINIMAL.replace("29.00}}", "29.00}}, limited: {places: 0}"));
        Catalog kept = CatalogReader.readYaml(
                MINIMAL.replace("29.00}}", "29.00}}, limited: {places: 7, hold: 24h, returned: kept}"));

        assertThat(catalog.getPlan(PlanKey.of("pro-lifetime")).limited())
                .isEqualTo(new Plan.Limited(500, Duration.ofMinutes(45), Plan.Returned.RESOLD));
        assertThat(catalog.getPlan(PlanKey.of("pro-monthly")).limited()).isNull();
        assertThat(minimal.getPlan(PlanKey.of("pro")).limited()).isEqualTo(Plan.Limited.of(0));
        assertThat(kept.getPlan(PlanKey.of("pro")).limited())
                .isEqualTo(new Plan.Limited(7, Duration.ofHours(24), Plan.Returned.KEPT));
    }

    @Test
    @DisplayName("B3 C22 add-ons have no tier and say on which tiers they go; a set-up fee is a one-time plan of one")
    void addOns() throws IOException {
        Catalog catalog = CatalogReader.readYaml(example());

        Product storage = catalog.getPlan(PlanKey.of("storage-yearly")).product();
        assertThat(storage.addOn()).isTrue();
        assertThat(storage.on()).containsExactlyInAnyOrder("pro", "team");
        assertThat(storage.tierRank()).isZero();
        Plan fee = catalog.getPlan(PlanKey.of("onboarding-fee"));
        assertThat(fee.setUpFeeItself()).isTrue();
        assertThat(catalog.getPlan(PlanKey.of("team-monthly")).setUpFee()).isEqualTo(fee.key());
        assertThat(catalog.getPlan(PlanKey.of("team-yearly")).setUpFee()).isNull();
    }

    @Test
    @DisplayName("B3 A8 amounts in major units become minor units of each currency")
    void prices() throws IOException {
        Catalog catalog = CatalogReader.readYaml(example());

        assertThat(pricing(catalog, "pro-monthly"))
                .isEqualTo(new Pricing.Flat(
                        Map.of(USD, 2900L, Currency.getInstance("EUR"), 2700L, Currency.getInstance("JPY"), 4500L)));
        assertThat(pricing(catalog, "team-monthly")).isEqualTo(new Pricing.PerUnit(Map.of(USD, 1200L)));
        assertThat(pricing(catalog, "pro-lifetime")).isEqualTo(new Pricing.OneTime(Map.of(USD, 29900L)));
        assertThat(pricing(catalog, "api-metered"))
                .isEqualTo(new Pricing.Metered("api_calls", Map.of(USD, new BigDecimal("0.2"))));
        assertThat(pricing(catalog, "team-yearly"))
                .isEqualTo(new Pricing.Graduated(Map.of(
                        USD,
                        List.of(
                                new Tier(10L, new BigDecimal("12000"), 0),
                                new Tier(50L, new BigDecimal("9600"), 5000),
                                new Tier(null, new BigDecimal("8400"), 0)))));
    }

    @Test
    @DisplayName("B3 volume tiers, tiers of a flat amount alone and sub-cent unit prices are read")
    void tiers() {
        Catalog catalog = CatalogReader.readYaml(MINIMAL.replace(
                "{flat: {usd: 29.00}}", "{volume: {USD: [{up_to: 100, flat: 5}, {up_to: inf, unit: 0.00015}]}}"));

        assertThat(pricing(catalog, "pro"))
                .isEqualTo(new Pricing.Volume(Map.of(
                        USD,
                        List.of(new Tier(100L, BigDecimal.ZERO, 500), new Tier(null, new BigDecimal("0.015"), 0)))));
    }

    @Test
    @DisplayName("C9 a trial asks for a card unless the plan says otherwise")
    void trialCard() {
        assertThat(trial("{days: 7}")).isEqualTo(new TrialTerms(7, true));
        assertThat(trial("{days: 7, card: required}")).isEqualTo(new TrialTerms(7, true));
        assertThat(trial("{days: 7, card: optional}")).isEqualTo(new TrialTerms(7, false));
    }

    @Test
    @DisplayName("C10 a plan may start with no unit at all")
    void noUnits() {
        Catalog catalog = CatalogReader.readYaml(
                MINIMAL.replace("{flat: {usd: 29.00}}", "{per_unit: {usd: 29.00}}, units: {minimum: 0}"));

        assertThat(catalog.plans().get(0).units()).isEqualTo(new UnitTerms(0, null));
    }

    @Test
    @DisplayName("the same catalog can be written as JSON, amounts also as texts")
    void json() {
        Catalog catalog = CatalogReader.readYaml("""
                {"products": {"pro": {"name": "Pro", "tier": 1}},
                 "plans": {"pro": {"product": "pro", "interval": "month", "pricing": {"flat": {"usd": "29.00"}}}}}
                """);

        assertThat(catalog.plans()).isEqualTo(CatalogReader.readYaml(MINIMAL).plans());
    }

    @Test
    @DisplayName("words YAML may take for something else are ordinary texts: no, on, yes, 1.0, null in quotes")
    void ordinaryTexts() {
        Catalog catalog = CatalogReader.readYaml("""
                products: {no: {name: 007, description: "null", tier: 1, features: [on, yes, 1.0]}}
                plans: {on: {product: no, interval: month, pricing: {flat: {usd: 1}}}}
                """);

        Product product = catalog.products().get(0);
        assertThat(product.key()).isEqualTo("no");
        assertThat(product.name()).isEqualTo("007");
        assertThat(product.description()).isEqualTo("null");
        assertThat(product.features()).containsExactlyInAnyOrder("on", "yes", "1.0");
    }

    @Test
    @DisplayName("files are read as UTF-8, with or without a byte order mark")
    void files() throws IOException {
        Path file = folder.resolve("catalog.yaml");
        Files.writeString(file, "\uFEFF" + MINIMAL.replace("name: Pro", "name: Größe"));

        assertThat(CatalogReader.read(file).products().get(0).name()).isEqualTo("Größe");
    }

    @Test
    @DisplayName("a missing file, a folder and a failing reader say so")
    void unreadable() {
        assertThatExceptionOfType(BillingException.class)
                .isThrownBy(() -> CatalogReader.read(folder.resolve("none.yaml")))
                .withMessageContaining("none.yaml")
                .withMessageContaining("create it");
        assertThatExceptionOfType(BillingException.class)
                .isThrownBy(() -> CatalogReader.read(folder))
                .withMessageContaining("cannot be read");
        assertThatExceptionOfType(BillingException.class)
                .isThrownBy(() -> CatalogReader.read("network", new FailingReader()))
                .withRootCauseInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("a file of another encoding is refused, not garbled")
    void encoding() throws IOException {
        Path file = folder.resolve("latin1.yaml");
        Files.write(file, MINIMAL.replace("name: Pro", "name: Größe").getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(CatalogException.class)
                .isThrownBy(() -> CatalogReader.read(file))
                .withMessageContaining("latin1.yaml")
                .satisfies(e -> assertThat(e.errors()).containsExactly("is not UTF-8 text; save it as UTF-8"));
    }

    @Test
    @DisplayName("a text beyond 1 MiB is refused before it is parsed; one of exactly 1 MiB is read")
    void size() throws IOException {
        String full = MINIMAL + "#".repeat((1 << 20) - MINIMAL.length());
        Path file = folder.resolve("large.yaml");
        Files.writeString(file, full + "#");

        assertThat(CatalogReader.read("full", new StringReader(full)).plans()).hasSize(1);
        assertThatExceptionOfType(CatalogException.class)
                .isThrownBy(() -> CatalogReader.readYaml(full + "#"))
                .satisfies(e -> assertThat(e.errors()).containsExactly("is longer than 1 MiB"));
        assertThatExceptionOfType(CatalogException.class).isThrownBy(() -> CatalogReader.read(file));
    }

    private static String example() throws IOException {
        try (InputStream in = Objects.requireNonNull(CatalogReaderTest.class.getResourceAsStream("example.yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Pricing pricing(Catalog catalog, String plan) {
        return catalog.getPlan(PlanKey.of(plan)).pricing();
    }

    private static TrialTerms trial(String yaml) {
        String text = MINIMAL.replace("{usd: 29.00}}", "{usd: 29.00}}, trial: " + yaml);
        return Objects.requireNonNull(
                CatalogReader.readYaml(text).plans().get(0).trial());
    }

    private static final class FailingReader extends Reader {
        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            throw new IOException("connection lost");
        }

        @Override
        public void close() {}
    }
}
