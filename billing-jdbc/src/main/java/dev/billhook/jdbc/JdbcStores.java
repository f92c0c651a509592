package dev.billhook.jdbc;

import dev.billhook.ProviderScope;
import dev.billhook.jdbc.internal.DataSourceTransactions;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.spi.JdbcTransactions;
import dev.billhook.spi.store.AccessStore;
import dev.billhook.spi.store.AccountStore;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.CheckoutStore;
import dev.billhook.spi.store.CursorStore;
import dev.billhook.spi.store.InboxStore;
import dev.billhook.spi.store.MirrorStore;
import dev.billhook.spi.store.OutboxStore;
import dev.billhook.spi.store.SubscriptionStore;
import dev.billhook.spi.store.endpoint.EndpointStore;
import dev.billhook.spi.store.erasure.ErasureStore;
import dev.billhook.spi.store.notice.NoticeStore;
import dev.billhook.spi.store.offer.OfferStore;
import dev.billhook.spi.store.purchase.PurchaseStore;
import dev.billhook.spi.store.usage.UsageStore;
import javax.sql.DataSource;

/**
 * The stores in a relational database whose schema {@link BillhookSchema} installs. Failures are
 * {@link dev.billhook.StoreException}. Thread-safe; owns nothing that must be closed.
 *
 * @since 0.1.0
 */
public final class JdbcStores implements BillingStores {
    private final JdbcTransactions transactions;
    private final Dialect dialect;
    private final ProviderScope scope;
    private final SqlRunner sql;
    private final AccountTable accounts;
    private final SubscriptionTable subscriptions;
    private final PurchaseStore purchases;
    private final AccessStore access;
    private final MirrorStore mirror;
    private final CursorStore cursors;
    private final ErasureStore erasure;
    private final InboxTable inbox;
    private final OutboxTable outbox;
    private final CheckoutStore checkouts;
    private final OfferStore offers;
    private final NoticeTable notices;
    private final UsageStore usage;
    private final EndpointStore endpoints;

    private JdbcStores(JdbcTransactions transactions, Dialect dialect, ProviderScope scope) {
        this.transactions = transactions;
        this.dialect = dialect;
        this.scope = scope;
        this.sql = new SqlRunner(transactions, scope, dialect.grammar());
        this.accounts = new AccountTable(sql);
        ClaimTable claims = new ClaimTable(sql);
        this.subscriptions = new SubscriptionTable(sql, claims);
        this.inbox = new InboxTable(sql);
        this.outbox = new OutboxTable(sql);
        this.checkouts = new CheckoutTable(sql);
        this.offers = new OfferTable(sql);
        this.notices = new NoticeTable(sql);
        this.usage = new UsageTable(sql);
        this.endpoints = new EndpointTable(sql);
        this.mirror = new MirrorTables(sql, accounts, subscriptions, inbox, outbox, notices);
        this.purchases = new PurchaseTable(sql, claims);
        this.access = new AccessTables(sql, claims);
        this.cursors = new CursorTable(sql);
        this.erasure = new ErasureTables(sql, claims);
    }

    /**
     * Stores with transactions of their own, bound to the thread that opens them.
     *
     * @param dataSource a pool; each thread uses one connection at a time
     * @throws dev.billhook.StoreException if the database cannot be reached
     * @throws dev.billhook.BillingException if it is none of the supported ones
     */
    public static JdbcStores create(DataSource dataSource, ProviderScope scope) {
        Dialect dialect = Dialect.detect(dataSource);
        return create(new DataSourceTransactions(dataSource, dialect.beforeFirstStatement()), dialect, scope);
    }

    /** Stores that take part in the transactions of a framework. */
    public static JdbcStores create(JdbcTransactions transactions, Dialect dialect, ProviderScope scope) {
        return new JdbcStores(transactions, dialect, scope);
    }

    /** Stores of another scope with the same transactions. */
    public JdbcStores ofScope(ProviderScope other) {
        return new JdbcStores(transactions, dialect, other);
    }

    Dialect dialect() {
        return dialect;
    }

    SqlRunner runner() {
        return sql;
    }

    @Override
    public ProviderScope scope() {
        return scope;
    }

    /** The transactions; a host without a framework runs its own statements in them. */
    @Override
    public JdbcTransactions transactor() {
        return transactions;
    }

    @Override
    public AccountStore accounts() {
        return accounts;
    }

    @Override
    public SubscriptionStore subscriptions() {
        return subscriptions;
    }

    @Override
    public InboxStore inbox() {
        return inbox;
    }

    @Override
    public OutboxStore outbox() {
        return outbox;
    }

    @Override
    public CheckoutStore checkouts() {
        return checkouts;
    }

    @Override
    public OfferStore offers() {
        return offers;
    }

    @Override
    public PurchaseStore purchases() {
        return purchases;
    }

    @Override
    public AccessStore access() {
        return access;
    }

    @Override
    public MirrorStore mirror() {
        return mirror;
    }

    @Override
    public ErasureStore erasure() {
        return erasure;
    }

    @Override
    public NoticeStore notices() {
        return notices;
    }

    @Override
    public UsageStore usage() {
        return usage;
    }

    @Override
    public EndpointStore endpoints() {
        return endpoints;
    }

    @Override
    public CursorStore cursors() {
        return cursors;
    }
}
