package dev.billhook.jdbc;

import dev.billhook.AsOf;
import dev.billhook.StoreException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import dev.billhook.jdbc.internal.ColumnType;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.Row;
import dev.billhook.jdbc.internal.RowWriter;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.internal.Step;
import dev.billhook.jdbc.internal.TableRows;
import dev.billhook.spi.store.AccountStore;
import dev.billhook.spi.store.StoreJson;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code billing_account} and {@code billing_other_customer}. */
final class AccountTable implements AccountStore {
    private static final String SELECT = """
            select account_type, account_id, email, name, customer_state, customer_as_of, customer_as_of_latest, created_at,
              version
            from billing_account
            where provider_account = :provider_account and livemode = :livemode
            """;

    private static final Sql FIND = Sql.of(SELECT + """
              and account_type = :account_type and account_id = :account_id""");

    private static final Sql FIND_BY_CUSTOMERS = Sql.of(SELECT + """
              and customer_id in (:customer_ids)
            order by account_type, account_id""");

    private static final Sql SCAN = Sql.of(SELECT + """
              and customer_id > :after and not customer_deleted
            order by customer_id
            limit :max""");

    private static final Sql PAGE = Sql.of("""
            select account_type, account_id
            from billing_account
            where provider_account = :provider_account and livemode = :livemode
              and account_type >= :after_type and (account_type > :after_type or account_id > :after_id)
            order by account_type, account_id
            limit :max""");

    private static final Sql LOCK_BY_CUSTOMERS = FIND_BY_CUSTOMERS.and(" for update");
    private static final Sql LOCK = FIND.and(" for update");

    private static final TableRows ROWS = new TableRows("billing_account", "account_id", "account_type")
            .with(ColumnType.TEXT, "email", "name", "customer_id", "customer_currency", "customer_state")
            .with(ColumnType.FLAG, "delinquent", "customer_deleted")
            .with(ColumnType.TIME, "customer_as_of", "customer_as_of_latest", "created_at")
            .with(ColumnType.NUMBER, "version");

    private static final Sql UPDATE = Sql.of("""
            update billing_account
            set email = :email, name = :name, customer_id = :customer_id, customer_currency = :customer_currency,
              delinquent = :delinquent, customer_deleted = :customer_deleted, customer_state = :customer_state,
              customer_as_of = :customer_as_of, customer_as_of_latest = :customer_as_of_latest, version = version + 1
            where provider_account = :provider_account and livemode = :livemode
              and account_type = :account_type and account_id = :account_id""");

    private static final Sql WRITE = Sql.of("""
            update billing_account
            set customer_id = :customer_id, customer_currency = :customer_currency,
              delinquent = :delinquent, customer_deleted = :customer_deleted, customer_state = :customer_state,
              customer_as_of = :customer_as_of, customer_as_of_latest = :customer_as_of_latest, version = :version
            where provider_account = :provider_account and livemode = :livemode
              and account_type = :account_type and account_id = :account_id""");

    private static final TableRows OTHERS =
            new TableRows("billing_other_customer", "customer_id").with(ColumnType.TEXT, "account_type", "account_id");

    private static final Sql FIND_BY_OTHER = Sql.of("""
            select account_type, account_id
            from billing_other_customer
            where provider_account = :provider_account and livemode = :livemode and customer_id = :customer_id""");

    private final SqlRunner sql;
    private final RowWriter rows;

    AccountTable(SqlRunner sql) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
    }

    @Override
    public Optional<BillingAccount> find(AccountRef account) {
        return sql.first(FIND, Params.of(account), AccountTable::read);
    }

    @Override
    public boolean insertIfAbsent(BillingAccount account) {
        if (rows.insertNew(
                ROWS, params(account).with("created_at", account.createdAt()).with("version", 1L))) {
            return true;
        }
        if (account.customer() != null && lock(account.ref()).isEmpty()) {
            throw new StoreException(
                    "Customer " + account.customer().id() + " of " + account.ref() + " belongs to another account",
                    false,
                    null);
        }
        return false;
    }

    @Override
    public Optional<BillingAccount> lock(AccountRef account) {
        return sql.first(LOCK, Params.of(account), AccountTable::read);
    }

    @Override
    public void addOtherCustomer(String customerId, AccountRef account) {
        rows.insertNew(OTHERS, Params.of("customer_id", customerId).with(account));
    }

    @Override
    public Optional<BillingAccount> lockByOtherCustomer(String customerId) {
        return sql.first(FIND_BY_OTHER, Params.of("customer_id", customerId), Row::account)
                .flatMap(this::lock);
    }

    @Override
    public void update(BillingAccount account) {
        sql.update(UPDATE, params(account));
    }

    @Override
    public Map<String, BillingAccount> findByCustomers(Collection<String> customerIds) {
        return customerIds.isEmpty()
                ? Map.of()
                : byCustomer(sql.list(FIND_BY_CUSTOMERS, customers(customerIds), AccountTable::read));
    }

    @Override
    public List<BillingAccount> scan(@Nullable String afterCustomerId, int max) {
        Params params = Params.of("after", afterCustomerId == null ? "" : afterCustomerId);
        return sql.list(SCAN, params.with("max", max), AccountTable::read);
    }

    @Override
    public List<AccountRef> list(@Nullable AccountRef after, int max) {
        return sql.list(
                PAGE,
                Params.of("max", max)
                        .with("after_type", after == null ? "" : after.type())
                        .with("after_id", after == null ? "" : after.id()),
                Row::account);
    }

    /** Like {@link #findByCustomers}, locked in an order that is the same for every caller. */
    Step<BillingAccount> lockingByCustomers(Collection<String> customerIds) {
        return Step.query(LOCK_BY_CUSTOMERS, customers(customerIds), AccountTable::read);
    }

    /** The rows by their customers' ids. */
    static Map<String, BillingAccount> byCustomer(List<BillingAccount> rows) {
        Map<String, BillingAccount> found = new HashMap<>();
        rows.forEach(account -> found.put(
                Objects.requireNonNull(account.customer(), "found by customer").id(), account));
        return found;
    }

    /** Writes what the mirror has of accounts that are locked. */
    void write(List<BillingAccount> accounts) {
        sql.batch(
                WRITE,
                accounts.stream()
                        .map(account -> params(account).with("version", account.version()))
                        .toList());
    }

    private static Params customers(Collection<String> ids) {
        return new Params().withList("customer_ids", ids);
    }

    /** The values of a row but when it was made and its version. */
    static Params params(BillingAccount account) {
        Customer customer = account.customer();
        AsOf asOf = account.customerAsOf();
        return Params.of(account.ref())
                .with("email", account.profile().email())
                .with("name", account.profile().name())
                .with("customer_id", customer == null ? null : customer.id())
                .with("customer_currency", customer == null ? null : customer.currency())
                .with("delinquent", customer != null && customer.delinquent())
                .with("customer_deleted", customer != null && customer.deleted())
                .with("customer_state", customer == null ? null : StoreJson.write(customer))
                .with("customer_as_of", asOf == null ? null : asOf.earliest())
                .with("customer_as_of_latest", asOf == null ? null : asOf.latest());
    }

    private static BillingAccount read(Row row) throws SQLException {
        String customer = row.textOrNull("customer_state");
        Instant asOf = row.instantOrNull("customer_as_of");
        return new BillingAccount(
                row.account(),
                new AccountProfile(row.textOrNull("email"), row.textOrNull("name")),
                customer == null ? null : StoreJson.readCustomer(customer),
                asOf == null ? null : new AsOf(asOf, row.instant("customer_as_of_latest")),
                row.instant("created_at"),
                row.number("version"));
    }
}
