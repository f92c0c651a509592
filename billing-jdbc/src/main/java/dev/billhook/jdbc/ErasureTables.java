package dev.billhook.jdbc;

import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.entitlement.claim.Claim;
import dev.billhook.event.BillingEvent;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.purchase.Purchase;
import dev.billhook.spi.store.StoreJson;
import dev.billhook.spi.store.erasure.ErasureStore;
import dev.billhook.subscription.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The rows of an account in all tables, to take out what is personal. */
final class ErasureTables implements ErasureStore {
    private static final String OF_SCOPE = """

            where provider_account = :provider_account and livemode = :livemode
            """;
    private static final String OF_ACCOUNT =
            OF_SCOPE + "  and account_type = :account_type and account_id = :account_id";

    private static final Sql CUSTOMERS = Sql.of("select customer_id from billing_account" + OF_ACCOUNT
            + " and customer_id is not null\nunion\nselect customer_id from billing_other_customer" + OF_ACCOUNT);

    /** In ids an underscore means itself. */
    private static final Sql DISCARD = Sql.of("""
            update billing_webhook_event
            set status = 'DISCARDED', payload = null, error = :reason, next_attempt_at = null,
              customer_id = null, account_type = null, account_id = null, account_taken = false""" + OF_SCOPE + """
              and status in ('PENDING', 'PARKED', 'DEAD')
              and (customer_id = :customer_id or payload like :named escape '!')""");

    private static final Sql ANONYMISE =
            Sql.of("""
            update billing_account
            set account_type = :account_type, account_id = :account_id, email = :email, name = :name,
              customer_currency = :customer_currency, delinquent = :delinquent, customer_deleted = :customer_deleted,
              customer_state = :customer_state, version = version + 1""" + OF_SCOPE + "  and account_type = :old_type and account_id = :old_id");

    /** What stays, under the other name. */
    private static final List<Sql> RENAMES =
            renames("billing_subscription", "billing_subscription_item", "billing_other_customer", "billing_purchase");

    /** Keys are the host's, who may have named the account in them. */
    private static final Sql RENAME_USAGE = Sql.of(
            "update billing_usage set account_type = :account_type, account_id = :account_id, usage_key = usage_id"
                    + OF_SCOPE + "  and account_type = :old_type and account_id = :old_id");

    private static final List<Sql> DELETES = List.of(
            Sql.of("delete from billing_grant" + OF_ACCOUNT),
            Sql.of("delete from billing_checkout" + OF_ACCOUNT),
            Sql.of("delete from billing_offer_place" + OF_ACCOUNT));

    private static final Sql STATES = Sql.of("select subscription_id, state from billing_subscription" + OF_ACCOUNT);

    private static final Sql WRITE_STATE =
            Sql.of("update billing_subscription set state = :state, version = version + 1" + OF_SCOPE
                    + "  and subscription_id = :subscription_id");

    private static final Sql PURCHASES = Sql.of("select state from billing_purchase" + OF_ACCOUNT);

    private static final Sql WRITE_PURCHASE = Sql.of("update billing_purchase set state = :state, version = version + 1"
            + OF_SCOPE + "  and purchase_id = :purchase_id");

    private static final Sql WAITING = Sql.of("select event_id, listener, event from billing_outbox" + OF_ACCOUNT);

    private static final Sql WRITE_WAITING = Sql.of("update billing_outbox set event = :event, error = null" + OF_SCOPE
            + "  and event_id = :event_id and listener = :listener");

    private final SqlRunner sql;
    private final ClaimTable claims;

    ErasureTables(SqlRunner sql, ClaimTable claims) {
        this.sql = sql;
        this.claims = claims;
    }

    @Override
    public Set<String> customersOf(AccountRef account) {
        return new LinkedHashSet<>(sql.list(CUSTOMERS, Params.of(account), row -> row.text("customer_id")));
    }

    @Override
    public int discardEvents(Collection<String> customerIds, String reason) {
        int discarded = 0;
        for (String customer : customerIds.stream().sorted().toList()) {
            String escaped = customer.replace("!", "!!").replace("_", "!_").replace("%", "!%");
            discarded += sql.update(
                    DISCARD,
                    Params.of("customer_id", customer)
                            .with("named", "%\"" + escaped + "\"%")
                            .withError("reason", reason));
        }
        return discarded;
    }

    @Override
    public void erase(
            AccountRef account,
            BillingAccount anonymous,
            UnaryOperator<Subscription> subscriptions,
            UnaryOperator<BillingEvent> events) {
        List<Claim> kept = eraseStates(account, subscriptions);
        kept.addAll(erasePurchases(account, anonymous.ref()));
        claims.replace(account, anonymous.ref(), kept);
        eraseWaiting(account, events);
        DELETES.forEach(delete -> sql.update(delete, Params.of(account)));
        sql.update(ANONYMISE, renaming(account, AccountTable.params(anonymous)));
        RENAMES.forEach(rename -> sql.update(rename, renaming(account, Params.of(anonymous.ref()))));
        sql.update(RENAME_USAGE, renaming(account, Params.of(anonymous.ref())));
    }

    private List<Claim> eraseStates(AccountRef account, UnaryOperator<Subscription> kept) {
        List<Params> changed = new ArrayList<>();
        List<Claim> rests = new ArrayList<>();
        sql.list(STATES, Params.of(account), row -> {
            Subscription state = StoreJson.readSubscription(row.text("state"));
            Subscription rest = kept.apply(state);
            rests.add(Claim.of(rest));
            return !rest.equals(state)
                    && changed.add(Params.of("subscription_id", row.text("subscription_id"))
                            .with("state", StoreJson.write(rest)));
        });
        sql.batch(WRITE_STATE, changed);
        return rests;
    }

    private List<Claim> erasePurchases(AccountRef account, AccountRef name) {
        List<Purchase> renamed = sql.list(
                PURCHASES,
                Params.of(account),
                row -> StoreJson.readPurchase(row.text("state")).of(name));
        sql.batch(
                WRITE_PURCHASE,
                renamed.stream()
                        .map(purchase ->
                                Params.of("purchase_id", purchase.id()).with("state", StoreJson.write(purchase)))
                        .toList());
        return renamed.stream().map(Claim::of).toList();
    }

    private void eraseWaiting(AccountRef account, UnaryOperator<BillingEvent> kept) {
        List<Params> rest = sql.list(
                WAITING,
                Params.of(account),
                row -> Params.of("event_id", row.text("event_id"))
                        .with("listener", row.text("listener"))
                        .with("event", StoreJson.write(kept.apply(StoreJson.readEvent(row.text("event"))))));
        sql.batch(WRITE_WAITING, rest);
    }

    private static Params renaming(AccountRef old, Params params) {
        return params.with("old_type", old.type()).with("old_id", old.id());
    }

    private static List<Sql> renames(String... tables) {
        return List.of(tables).stream()
                .map(table -> Sql.of("update " + table + " set account_type = :account_type, account_id = :account_id"
                        + OF_SCOPE + "  and account_type = :old_type and account_id = :old_id"))
                .toList();
    }
}
