package dev.billhook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.billhook.BillingException;
import dev.billhook.ProviderScope;
import dev.billhook.StoreException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(NoLeakedConnections.class)
class BillhookSchemaTest {
    private static final List<String> TABLES = List.of(
            "billing_account",
            "billing_subscription",
            "billing_subscription_item",
            "billing_webhook_event",
            "billing_outbox",
            "billing_grant",
            "billing_purchase",
            "billing_access",
            "billing_checkout",
            "billing_offer",
            "billing_offer_place",
            "billing_usage",
            "billing_webhook_endpoint",
            "billing_other_customer",
            "billing_fact",
            "billing_notice",
            "billing_cursor");

    @ParameterizedTest(name = "Tables, columns, nullability and keys on {0} are those on H2")
    @EnumSource(TestDatabase.class)
    void parity(TestDatabase database) throws Exception {
        assertThat(SchemaDescription.of(database.pool())).isEqualTo(SchemaDescription.of(TestDatabase.H2.pool()));
    }

    @Test
    @DisplayName("D13 Every row carries its scope, and every primary key begins with it")
    void scopeInEveryKey() throws Exception {
        List<String> description = SchemaDescription.of(TestDatabase.H2.pool());

        for (String table : TABLES) {
            assertThat(description)
                    .contains(table + ".provider_account varchar(64) not null", table + ".livemode boolean not null")
                    .anyMatch(line -> line.startsWith(table + " primary [provider_account, livemode, "));
        }
    }

    @ParameterizedTest(name = "Installing on {0} again keeps tables and rows")
    @EnumSource(TestDatabase.class)
    void installTwice(TestDatabase database) throws Exception {
        try (HikariDataSource pool = database.emptyDatabase()) {
            BillhookSchema schema = BillhookSchema.of(Dialect.detect(pool));
            schema.install(pool);
            List<String> first = SchemaDescription.of(pool);
            AccountRef account = AccountRef.of("user", "1");
            JdbcStores stores = JdbcStores.create(pool, ProviderScope.test());
            stores.accounts().insertIfAbsent(BillingAccount.registered(account, AccountProfile.empty(), Instant.EPOCH));

            schema.install(pool);

            assertThat(SchemaDescription.of(pool)).isEqualTo(first).isNotEmpty();
            assertThat(stores.accounts().find(account)).isPresent();
        }
    }

    @ParameterizedTest(name = "Several nodes may install on {0} at once")
    @EnumSource(TestDatabase.class)
    void installConcurrently(TestDatabase database) throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        try (HikariDataSource pool = database.emptyDatabase()) {
            BillhookSchema schema = BillhookSchema.of(Dialect.detect(pool));
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                runs.add(nodes.submit(() -> schema.install(pool)));
            }
            for (Future<?> run : runs) {
                run.get();
            }

            assertThat(SchemaDescription.of(pool)).isEqualTo(SchemaDescription.of(TestDatabase.H2.pool()));
        } finally {
            nodes.shutdownNow();
        }
    }

    @Test
    @DisplayName("A user who may not create tables starts when they stand, and is told what to do when they do not")
    void withoutRightToCreate() {
        BillhookSchema schema = BillhookSchema.of(Dialect.POSTGRESQL);
        TestDatabase.POSTGRESQL.execute("create role clerk login");
        try (HikariDataSource owner = TestDatabase.POSTGRESQL.emptyDatabase();
                HikariDataSource clerk = poolOf("clerk", owner.getJdbcUrl())) {
            assertThatThrownBy(() -> schema.install(clerk))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("grant the right or run the script");

            schema.install(owner);
            TestDatabase.execute(owner, "grant select, insert, update, delete on all tables in schema public to clerk");
            schema.install(clerk);

            assertThat(JdbcStores.create(clerk, ProviderScope.test()).outbox().size())
                    .isZero();
        }
    }

    @ParameterizedTest(name = "The script for {0} can be printed and names its tables")
    @EnumSource(Dialect.class)
    void writeTo(Dialect dialect) {
        StringWriter writer = new StringWriter();

        BillhookSchema.of(dialect).writeTo(writer);

        assertThat(writer.toString()).contains("create table if not exists billing_account (");
        assertThat(BillhookSchema.of(dialect).tables()).containsExactlyElementsOf(TABLES);
    }

    @Test
    @DisplayName("Missing tables are reported with the remedy")
    void missingTables() {
        try (HikariDataSource pool = TestDatabase.H2.emptyDatabase()) {
            JdbcStores stores = JdbcStores.create(pool, ProviderScope.test());

            assertThatThrownBy(() -> stores.outbox().size())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("check that the schema of this version is installed");
        }
    }

    @Test
    @DisplayName("The dialect is told by the product; others are refused by name")
    void dialects() {
        assertThat(Dialect.detect(TestDatabase.H2.pool())).isEqualTo(Dialect.H2);
        assertThat(Dialect.detect(TestDatabase.POSTGRESQL.pool())).isEqualTo(Dialect.POSTGRESQL);
        assertThat(Dialect.detect(TestDatabase.MARIADB.pool())).isEqualTo(Dialect.MYSQL);
        assertThat(Dialect.ofProduct("MySQL")).isEqualTo(Dialect.MYSQL);
        assertThatThrownBy(() -> Dialect.ofProduct("Abacus"))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("Abacus");
    }

    private static HikariDataSource poolOf(String user, String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }
}
