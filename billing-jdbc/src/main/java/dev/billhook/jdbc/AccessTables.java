package dev.billhook.jdbc;

import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.AccessFacts;
import dev.billhook.entitlement.claim.Claim;
import dev.billhook.grant.Grant;
import dev.billhook.jdbc.internal.ColumnType;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.RowWriter;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.internal.TableRows;
import dev.billhook.purchase.Purchase;
import dev.billhook.spi.store.AccessStore;
import dev.billhook.spi.store.StoreJson;
import dev.billhook.subscription.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code billing_grant}, and together with {@code billing_subscription} and {@code billing_purchase} everything that access follows
 * from. A question reads their claims.
 */
final class AccessTables implements AccessStore {
    private static final Sql FACTS = Sql.of("""
            select 'subscription' as kind, state, created_at, subscription_id as id
            from billing_subscription
            where provider_account = :provider_account and livemode = :livemode
              and account_type = :account_type and account_id = :account_id
            union all
            select 'purchase', state, bought_at, purchase_id
            from billing_purchase
            where provider_account = :provider_account and livemode = :livemode
              and account_type = :account_type and account_id = :account_id
            union all
            select 'grant', state, created_at, grant_id
            from billing_grant
            where provider_account = :provider_account and livemode = :livemode
              and account_type = :account_type and account_id = :account_id
            order by created_at desc, id""");

    private static final Sql FIND = Sql.of("""
            select state
            from billing_grant
            where provider_account = :provider_account and livemode = :livemode and grant_id = :grant_id
              and account_type = :account_type and account_id = :account_id""");

    private static final Sql REVOKE = Sql.of("""
            update billing_grant
            set revoked_at = :revoked_at, state = :state
            where provider_account = :provider_account and livemode = :livemode and grant_id = :grant_id
              and revoked_at is null""");

    private static final TableRows ROWS = new TableRows("billing_grant", "grant_id")
            .with(ColumnType.TEXT, "account_type", "account_id", "plan_key", "feature", "state")
            .with(ColumnType.NUMBER, "units")
            .with(ColumnType.TIME, "valid_from", "valid_until", "revoked_at", "created_at");

    private final SqlRunner sql;
    private final RowWriter rows;
    private final ClaimTable claims;

    AccessTables(SqlRunner sql, ClaimTable claims) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
        this.claims = claims;
    }

    @Override
    public List<Claim> claims(AccountRef account) {
        return claims.list(account);
    }

    @Override
    public AccessFacts facts(AccountRef account) {
        List<Subscription> subscriptions = new ArrayList<>();
        List<Purchase> purchases = new ArrayList<>();
        List<Grant> grants = new ArrayList<>();
        sql.list(FACTS, Params.of(account), row -> {
            String state = row.text("state");
            return switch (row.text("kind")) {
                case "grant" -> grants.add(StoreJson.readGrant(state));
                case "purchase" -> purchases.add(StoreJson.readPurchase(state));
                default -> subscriptions.add(StoreJson.readSubscription(state));
            };
        });
        return new AccessFacts(subscriptions, purchases, grants);
    }

    @Override
    public boolean insertIfAbsent(Grant grant) {
        return sql.inTransaction(() -> {
            boolean inserted = rows.insertNew(ROWS, params(grant));
            if (inserted) {
                claims.put(grant.account(), Claim.of(grant));
            }
            return inserted;
        });
    }

    @Override
    public Optional<Grant> findGrant(AccountRef account, String grantId) {
        return sql.first(
                FIND, Params.of(account).with("grant_id", grantId), row -> StoreJson.readGrant(row.text("state")));
    }

    @Override
    public boolean revoke(Grant grant) {
        return sql.inTransaction(() -> {
            boolean revoked = sql.update(REVOKE, params(grant)) == 1;
            if (revoked) {
                claims.put(grant.account(), Claim.of(grant));
            }
            return revoked;
        });
    }

    private static Params params(Grant grant) {
        Grant.What what = grant.what();
        Instant revokedAt = grant.revoked() == null ? null : grant.revoked().at();
        return Params.of(grant.account())
                .with("grant_id", grant.id())
                .with(
                        "plan_key",
                        what instanceof Grant.What.OfPlan plan ? plan.plan().value() : null)
                .with("units", what instanceof Grant.What.OfPlan plan ? plan.units() : null)
                .with("feature", what instanceof Grant.What.OfFeature feature ? feature.feature() : null)
                .with("valid_from", grant.from())
                .with("valid_until", grant.until())
                .with("revoked_at", revokedAt)
                .with("created_at", grant.audit().at())
                .with("state", StoreJson.write(grant));
    }
}
