package dev.billhook.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.CatalogException;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.PortalSettings;
import dev.billhook.catalog.PortalSettings.Cancel;
import dev.billhook.catalog.PortalSettings.CustomerField;
import dev.billhook.catalog.PortalSettings.End;
import dev.billhook.catalog.PortalSettings.Proration;
import dev.billhook.catalog.PortalSettings.Switching;
import dev.billhook.catalog.sync.PortalOffer;
import dev.billhook.catalog.sync.PortalOffer.Switchable;
import dev.billhook.catalog.sync.PortalOffer.Units;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("B2 The Customer Portal in the catalog")
class PortalReaderTest {
    private static final String PLANS = """
            products:
              pro: {name: Pro, tier: 10}
              team: {name: Team, tier: 20}
              extra: {name: Extra, kind: add-on}
            plans:
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
              pro-promo: {product: pro, interval: month, pricing: {flat: {usd: 19}}}
              pro-once: {product: pro, interval: once, pricing: {one_time: {usd: 299}}}
              pro-metered: {product: pro, interval: month, pricing: {metered: {meter: calls, amounts: {usd: 1}}}}
              team-monthly:
                {product: team, interval: month, pricing: {per_unit: {usd: 12}}, units: {minimum: 2, maximum: 90}}
              team-yearly:
                {product: team, interval: year, pricing: {per_unit: {usd: 99}}, units: {maximum: 50, included: 5}}
              extra-monthly: {product: extra, interval: month, pricing: {flat: {usd: 3}}}
            """;

    private static PortalSettings portal(String yaml) {
        return catalog(yaml).portal().orElseThrow();
    }

    private static Catalog catalog(String yaml) {
        return CatalogReader.readYaml(PLANS + "portal: " + yaml + "\n");
    }

    @Test
    @DisplayName("a catalog that says nothing leaves the portal as it is set at the provider")
    void none() {
        assertThat(CatalogReader.readYaml(PLANS).portal()).isEmpty();
        assertThat(PortalOffer.of(CatalogReader.readYaml(PLANS))).isEmpty();
    }

    @Test
    @DisplayName("what is left out is what most want")
    void usual() {
        assertThat(portal("{}"))
                .isEqualTo(new PortalSettings(
                        null,
                        null,
                        null,
                        true,
                        true,
                        EnumSet.of(CustomerField.EMAIL, CustomerField.NAME, CustomerField.ADDRESS),
                        new Cancel(End.PERIOD_END, true),
                        null));
    }

    @Test
    @DisplayName("everything that can be said")
    void everything() {
        assertThat(portal("""

                  headline: Thank you for the music
                  privacy_policy: https://app.example/privacy
                  terms_of_service: https://app.example/terms
                  invoices: false
                  payment_method: false
                  customer: [tax_id, phone, shipping]
                  cancel: now_prorate
                  cancel_reasons: false
                  switch: {plans: [team-yearly, pro-monthly], units: true, proration: invoice, down: now}
                """))
                .isEqualTo(new PortalSettings(
                        "Thank you for the music",
                        URI.create("https://app.example/privacy"),
                        URI.create("https://app.example/terms"),
                        false,
                        false,
                        EnumSet.of(CustomerField.TAX_ID, CustomerField.PHONE, CustomerField.SHIPPING),
                        new Cancel(End.NOW_PRORATE, false),
                        new Switching(
                                List.of(PlanKey.of("pro-monthly"), PlanKey.of("team-yearly")),
                                true,
                                Proration.INVOICE,
                                false)));
        assertThat(portal("{customer: []}").customerUpdate()).isEmpty();
        assertThat(portal("{cancel: never}").cancel()).isEqualTo(new Cancel(End.NEVER, false));
    }

    @Test
    @DisplayName("C7 units change within the bounds that every plan of a product allows")
    void units() {
        String plans = "{plans: [team-monthly, team-yearly, pro-monthly], units: true}";
        assertThat(PortalOffer.of(catalog("{switch: " + plans + "}"))
                        .orElseThrow()
                        .products())
                .containsExactly(
                        new Switchable("pro", List.of(PlanKey.of("pro-monthly")), null),
                        new Switchable(
                                "team",
                                List.of(PlanKey.of("team-monthly"), PlanKey.of("team-yearly")),
                                new Units(5, 50L)));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {headlines: x}                              | unknown key
            {invoices: yes}                             | 'yes' is not known
            {cancel: later}                             | 'later' is not known
            {customer: [card]}                          | 'card' is not known
            {privacy_policy: "http://app.example"}      | no https address
            {terms_of_service: app.example}             | no https address
            {switch: {}}                                | needs 'plans'
            {switch: {plans: [pro-mnthly]}}             | did you mean 'pro-monthly'
            {switch: {plans: [pro-once]}}               | no recurring plan of a tier
            {switch: {plans: [pro-metered]}}            | no recurring plan of a tier
            {switch: {plans: [extra-monthly]}}          | no recurring plan of a tier
            {switch: {plans: [pro-monthly, pro-promo]}} | interval of another plan
            """)
    @DisplayName("what cannot be meant is told, with its place")
    void wrong(String yaml, String message) {
        assertThatExceptionOfType(CatalogException.class)
                .isThrownBy(() -> catalog(yaml))
                .withMessageContaining("portal")
                .withMessageContaining(message);
    }

    @Test
    @DisplayName("a catalog made by hand is checked the same way")
    void byHand() {
        Catalog catalog = CatalogReader.readYaml(PLANS);
        PortalSettings settings = new PortalSettings(
                null,
                null,
                null,
                true,
                true,
                Set.of(),
                new Cancel(End.NOW, false),
                new Switching(List.of(PlanKey.of("pro-once")), false, Proration.NONE, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catalog.withPortal(settings))
                .withMessageContaining("'pro-once'");
        assertThatExceptionOfType(CatalogException.class)
                .isThrownBy(() -> portal("{headline: " + "x".repeat(61) + "}"))
                .withMessageContaining("60 characters");
    }
}
