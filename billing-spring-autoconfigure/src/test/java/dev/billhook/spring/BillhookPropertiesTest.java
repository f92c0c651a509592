package dev.billhook.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.addon.AddOnPolicy;
import dev.billhook.conversion.ConversionPolicy;
import dev.billhook.enforcement.Enforcement;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.EntitlementCaching;
import dev.billhook.notice.NoticePolicy;
import dev.billhook.reconcile.ReconcileSchedule;
import dev.billhook.spring.actuate.BillhookHealthProperties;
import dev.billhook.spring.jdbc.BillhookJdbcProperties;
import dev.billhook.spring.jdbc.SchemaInitialization;
import dev.billhook.spring.simulator.BillhookSimulatorProperties;
import dev.billhook.spring.stripe.BillhookStripeProperties;
import dev.billhook.spring.webhook.BillhookWebhookProperties;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.support.SupportSettings;
import dev.billhook.trial.TrialPolicy;
import dev.billhook.webhook.RetryPolicy;
import dev.billhook.webhook.WebhookMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.json.JsonParserFactory;

@DisplayName("Spring: properties")
class BillhookPropertiesTest {
    private static final List<Class<?>> ALL = List.of(
            BillhookProperties.class,
            BillhookPolicyProperties.class,
            BillhookNoticeProperties.class,
            BillhookSecretProperties.class,
            BillhookSupportProperties.class,
            BillhookHealthProperties.class,
            BillhookJdbcProperties.class,
            BillhookStripeProperties.class,
            BillhookWebhookProperties.class,
            BillhookSimulatorProperties.class);

    @Test
    @DisplayName("what is not set is what the library does by itself")
    void defaults() {
        BillhookProperties core = bind(BillhookProperties.class);
        assertThat(core.enabled()).isTrue();
        assertThat(core.enforcement()).isEqualTo(Enforcement.ENFORCED);
        assertThat(core.catalog()).isEqualTo(BillhookProperties.DEFAULT_CATALOG);
        assertThat(core.allowedOrigins()).isEmpty();
        assertThat(core.accounts()).isEmpty();
        assertThat(core.catalogReload()).isNull();
        assertThat(core.scope()).isEqualTo(ProviderScope.test());
        assertThat(core.requiredDetails()).isEqualTo(BillingBuilder.DEFAULT_REQUIRED_DETAILS);
        assertThat(core.background().enabled()).isTrue();
        assertThat(core.background().interval()).isEqualTo(BillingBuilder.DEFAULT_BACKGROUND_INTERVAL);
        assertThat(core.access().over(AccessPolicy.STANDARD)).isEqualTo(AccessPolicy.STANDARD);
        assertThat(core.access().over(AccessPolicy.STRICT)).isEqualTo(AccessPolicy.STRICT);
        assertThat(core.access().cache().caching()).isEqualTo(EntitlementCaching.STANDARD);
        assertThat(core.retry().policy()).isEqualTo(RetryPolicy.STANDARD);
        assertThat(core.inbox().mode()).isEqualTo(WebhookMode.INLINE);
        assertThat(core.inbox().retention()).isEqualTo(BillingBuilder.DEFAULT_RETENTION);
        assertThat(core.reconcile().schedule()).isEqualTo(ReconcileSchedule.STANDARD);
        BillhookPolicyProperties policies = bind(BillhookPolicyProperties.class);
        assertThat(policies.conversion().policy()).isEqualTo(ConversionPolicy.standard());
        assertThat(policies.trial().policy()).isEqualTo(TrialPolicy.standard());
        assertThat(policies.addOn().policy()).isEqualTo(AddOnPolicy.standard());
        assertThat(bind(BillhookNoticeProperties.class).policy()).isEqualTo(NoticePolicy.STANDARD);
        assertThat(bind(BillhookHealthProperties.class).enabled()).isTrue();
        assertThat(bind(BillhookJdbcProperties.class).initializeSchema()).isEqualTo(SchemaInitialization.EMBEDDED);
        assertThat(bind(BillhookJdbcProperties.class).signals()).isFalse();
        assertThat(bind(BillhookWebhookProperties.class))
                .isEqualTo(new BillhookWebhookProperties(true, BillhookWebhookProperties.DEFAULT_PATH, Map.of()));

        assertThat(bind(BillhookSupportProperties.class).settings()).isEqualTo(SupportSettings.none());
        assertThat(bind(BillhookSupportProperties.class).enabled()).isFalse();
        assertThat(bind(BillhookSecretProperties.class).secretKeys().isEmpty()).isTrue();
        assertThat(core.usage().retention()).isEqualTo(BillingBuilder.DEFAULT_USAGE_RETENTION);
        BillhookStripeProperties stripe = bind(BillhookStripeProperties.class);
        assertThat(stripe.webhookEnvironment()).isNull();
        assertThat(stripe.signatureTolerance()).isEqualTo(StripeConfig.DEFAULT_SIGNATURE_TOLERANCE);
        assertThat(new StripeConfig.Connection(
                        Objects.requireNonNullElse(stripe.apiBase(), StripeConfig.Connection.STRIPE_API),
                        stripe.connectTimeout(),
                        stripe.readTimeout(),
                        stripe.maxNetworkRetries()))
                .isEqualTo(StripeConfig.Connection.DEFAULT);
        assertThat(stripe.webhookSecrets()).isEmpty();
    }

    @Test
    @DisplayName("values that cannot be meant are refused by name")
    void refused() {
        Duration week = Duration.ofDays(7);
        assertThatThrownBy(() -> new BillhookProperties.Inbox(WebhookMode.QUEUED, week))
                .hasMessageContaining("billhook.inbox.retention must be at least 30 days");
        assertThatThrownBy(() ->
                        new BillhookSupportProperties("support", List.of(), List.of(), 30, "referral", Locale.ENGLISH))
                .hasMessageContaining("billhook.support.path");
        assertThatThrownBy(() -> new BillhookSupportProperties(
                                "/support", List.of("hunter2"), List.of(), 30, "referral", Locale.ENGLISH)
                        .settings())
                .isInstanceOf(SetupException.class)
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> new BillhookProperties.Usage(week))
                .hasMessageContaining("billhook.usage.retention must be at least 36 days");
        assertThatThrownBy(() -> new BillhookHealthProperties(true, "DOWN", 0, week, week, week.negated(), week))
                .hasMessageContaining("billhook.health");
        assertThatThrownBy(() -> new BillhookProperties.Reconcile(week.negated(), null, false))
                .hasMessageContaining("billhook.reconcile.replay-interval");
        assertThatThrownBy(() -> new BillhookProperties.Reconcile(week, Duration.ZERO, false))
                .hasMessageContaining("billhook.reconcile.sweep-interval");
        assertThatThrownBy(() -> new BillhookHealthProperties(true, "a bit ill", 0, week, week, week, week))
                .hasMessageContaining("billhook.health.status");
        assertThatThrownBy(() -> new BillhookHealthProperties(true, "DOWN", -1, week, week, week, week))
                .hasMessageContaining("billhook.health");
        assertThat(new BillhookProperties.Reconcile(Duration.ZERO, week, true).schedule())
                .isEqualTo(new ReconcileSchedule(null, week, true));
    }

    @Test
    @DisplayName("every property has a type and a description, for the host's editor")
    void metadata() throws IOException {
        Map<String, Map<?, ?>> properties = properties();

        assertThat(properties).containsKeys("billhook.enabled", "billhook.stripe.api-key", "billhook.access.grace");
        assertThat(properties.values()).allSatisfy(property -> {
            assertThat((String) property.get("type")).as(property.toString()).isNotEmpty();
            assertThat((String) property.get("description"))
                    .as(property.toString())
                    .endsWith(".");
        });
    }

    @Test
    @DisplayName("the guide's table names every property with its default, and no other")
    void documented() throws IOException {
        List<String> rows = new ArrayList<>();
        properties()
                .forEach((name, property) -> rows.add(
                        "| `" + name + "` | " + defaultOf(property) + " | " + property.get("description") + " |"));

        List<String> table = Files.readAllLines(Path.of("../docs/spring.md")).stream()
                .filter(line -> line.startsWith("| `billhook."))
                .toList();
        assertThat(table).containsExactlyElementsOf(rows);
    }

    private static String defaultOf(Map<?, ?> property) {
        Object value = property.get("defaultValue");
        return value == null || value instanceof List ? "" : "`" + value + "`";
    }

    private static Map<String, Map<?, ?>> properties() throws IOException {
        Map<String, Map<?, ?>> properties = new TreeMap<>();
        for (Object element : (List<?>) metadataFile().get("properties")) {
            Map<?, ?> property = (Map<?, ?>) element;
            String name = (String) property.get("name");
            if (name.startsWith("billhook.")) {
                properties.put(name, property);
            }
        }
        return properties;
    }

    private static Map<String, Object> metadataFile() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                BillhookProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            return JsonParserFactory.getJsonParser().parseMap(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static <T> T bind(Class<T> type) {
        assertThat(ALL).contains(type);
        ConfigurationProperties annotation = Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class));
        return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate(annotation.value(), type);
    }
}
