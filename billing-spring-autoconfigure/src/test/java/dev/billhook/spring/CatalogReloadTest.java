package dev.billhook.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.billhook.Billing;
import dev.billhook.BillingException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.CatalogException;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.AccessState;
import dev.billhook.grant.GrantRequest;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spring.accounts.BillhookAccountsAutoConfiguration;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.testing.FakeProvider;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.testing.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

@Tag("spring-boot-4")
@DisplayName("D2 Spring: the catalog file changes while the application runs")
@ExtendWith(OutputCaptureExtension.class)
class CatalogReloadTest {
    private static final AccountRef ADA = AccountRef.of("user", "ada");
    private static final String CATALOG = """
            products:
              pro: {name: Pro, tier: 10, features: [transcripts]}
            plans:
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29.00}}}
            """;
    private static final String CHAPTERS = CATALOG.replace("transcripts", "chapters");
    private static final String BROKEN = CATALOG.replace("tier: 10", "tier: many");

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private ApplicationContextRunner runner = new ApplicationContextRunner();

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("billhook.yaml"), CATALOG);
        runner = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(BillhookAutoConfiguration.class, BillhookAccountsAutoConfiguration.class))
                .withUserConfiguration(FakeProviderConfiguration.class, FakeStoresConfiguration.class)
                .withPropertyValues("billhook.background.enabled=false", "billhook.catalog=" + file.toUri());
    }

    @Test
    @DisplayName("D2 it counts when the host says so")
    void whenTold() {
        runner.run(context -> {
            subscribe(context);
            write(CHAPTERS);
            assertThat(features(context)).containsExactly("transcripts");

            context.getBean(CatalogReload.class).reload();

            assertThat(features(context)).containsExactly("chapters");
        });
    }

    @Test
    @DisplayName("D2 a broken file changes nothing, and whoever asked for it is told all that is wrong")
    void broken() {
        runner.run(context -> {
            subscribe(context);
            CatalogReload reload = context.getBean(CatalogReload.class);
            write(BROKEN);

            assertThatExceptionOfType(CatalogException.class)
                    .isThrownBy(reload::reload)
                    .withMessageContaining("line 2: products.pro.tier");
            assertThat(features(context)).containsExactly("transcripts");

            Files.delete(file);
            assertThatExceptionOfType(BillingException.class)
                    .isThrownBy(reload::reload)
                    .withMessageContaining("cannot be read");
            assertThat(features(context)).containsExactly("transcripts");
        });
    }

    @Test
    @DisplayName("D2 by itself it counts once it was the same at two looks, because half a file is a catalog, too")
    void twoLooks() {
        runner.run(context -> {
            subscribe(context);
            CatalogReload reload = context.getBean(CatalogReload.class);
            reload.look();
            write(CATALOG + "  pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 290.00}}}\n");
            reload.look();
            write(CHAPTERS);
            reload.look();
            assertThat(features(context)).containsExactly("transcripts");
            assertThat(context.getBean(Billing.class).catalog().plans()).hasSize(1);

            reload.look();
            assertThat(features(context)).containsExactly("chapters");
        });
    }

    @Test
    @DisplayName("D2 what is wrong with a file that was changed is told once, until it is another")
    void toldOnce(CapturedOutput output) {
        runner.run(context -> {
            CatalogReload reload = context.getBean(CatalogReload.class);
            write(BROKEN);
            for (int i = 0; i < 5; i++) {
                reload.look();
            }
            assertThat(times("stays in force", output)).isEqualTo(1);

            write(CATALOG);
            reload.look();
            write(BROKEN);
            reload.look();
            reload.look();
            assertThat(times("stays in force", output)).isEqualTo(2);
            assertThat(context.getBean(Billing.class).catalog().plans()).hasSize(1);
        });
    }

    @Test
    @DisplayName("D2 looked for by itself as often as the property says; not at all without it")
    void byItself() {
        runner.withPropertyValues("billhook.catalog-reload=10ms").run(context -> {
            subscribe(context);
            write(CHAPTERS);
            await().untilAsserted(() -> assertThat(features(context)).containsExactly("chapters"));
        });
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("billhook-catalog"))
                .allSatisfy(thread -> thread.join(Duration.ofSeconds(10).toMillis()));
        runner.run(context -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("billhook-catalog"));
        runner.withPropertyValues("billhook.catalog-reload=0s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("billhook.catalog-reload must be positive"));
    }

    @Test
    @DisplayName("D2 the file's access policy follows, too, behind the properties; the host's own does not")
    void policy() {
        String lenient = CATALOG + "access: {grace: 30d}\n";
        runner.run(context -> {
            late(context);
            assertThat(state(context)).isEqualTo(AccessState.READ_ONLY);
            write(lenient);
            context.getBean(CatalogReload.class).reload();
            assertThat(state(context)).isEqualTo(AccessState.GRACE);
        });
        write(CATALOG);
        runner.withBean(AccessPolicy.class, () -> AccessPolicy.STANDARD).run(context -> {
            late(context);
            write(lenient);
            context.getBean(CatalogReload.class).reload();
            assertThat(state(context)).isEqualTo(AccessState.READ_ONLY);
        });
    }

    @Test
    @DisplayName("D2 a catalog that is the host's own bean is left alone")
    void hostsOwn() {
        Catalog own = CatalogReader.readYaml(CATALOG);
        runner.withBean(Catalog.class, () -> own).run(context -> {
            write(CHAPTERS);
            context.getBean(CatalogReload.class).reload();
            assertThat(context.getBean(Billing.class).catalog()).isSameAs(own);
        });
    }

    @Test
    @DisplayName("D2 D13 every account follows its own file")
    void furtherAccounts() throws IOException {
        Path american = Files.writeString(folder.resolve("us.yaml"), CATALOG);
        runner.withUserConfiguration(FakeAccountsConfiguration.class)
                .withPropertyValues("billhook.accounts.us.catalog=" + american.toUri(), "billhook.accounts.jp.api-key=")
                .run(context -> {
                    Billing us = context.getBean("us", Billing.class);
                    Billing jp = context.getBean("jp", Billing.class);
                    grant(us);
                    grant(jp);
                    write(CHAPTERS);
                    context.getBean(CatalogReload.class).reload();
                    assertThat(us.entitlements().resolve(ADA).features()).containsExactly("transcripts");
                    assertThat(jp.entitlements().resolve(ADA).features()).containsExactly("chapters");

                    Files.writeString(american, CATALOG.replace("transcripts", "player"));
                    context.getBean(CatalogReload.class).reload();
                    assertThat(us.entitlements().resolve(ADA).features()).containsExactly("player");
                });
    }

    private void write(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void subscribe(ApplicationContext context) {
        grant(context.getBean(Billing.class));
    }

    private static void grant(Billing billing) {
        billing.accounts().register(ADA, AccountProfile.empty());
        billing.grants().give(GrantRequest.ofPlan(ADA, PlanKey.of("pro-monthly"), "test", "test"));
    }

    /** Twenty days late. */
    private static void late(ApplicationContext context) {
        Billing billing = context.getBean(Billing.class);
        billing.accounts().register(ADA, AccountProfile.empty());
        billing.webhooks()
                .dispatch(context.getBean(FakeProvider.class)
                        .event(
                                "evt_1",
                                "customer.subscription.updated",
                                SubscriptionStates.START,
                                new EventContent.State(SubscriptionStates.snapshot(
                                        SubscriptionStates.withStatus(
                                                SubscriptionStates.active("sub_1", "pro-monthly", 1),
                                                SubscriptionStatus.PAST_DUE),
                                        "cus_1",
                                        ADA))));
        context.getBean(TestClock.class).advance(Duration.ofDays(20));
    }

    private static Set<String> features(ApplicationContext context) {
        return context.getBean(Billing.class).entitlements().resolve(ADA).features();
    }

    private static AccessState state(ApplicationContext context) {
        return context.getBean(Billing.class).entitlements().resolve(ADA).state();
    }

    private static long times(String text, CapturedOutput output) {
        return output.getAll().lines().filter(line -> line.contains(text)).count();
    }
}
