package dev.billhook.jdbc;

import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.claim.Claim;
import dev.billhook.jdbc.internal.ColumnType;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.RowWriter;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.internal.Step;
import dev.billhook.jdbc.internal.TableRows;
import dev.billhook.spi.store.MirrorStore.SubscriptionWrite;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.spi.store.access.ClaimText;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code billing_access}: one row for each subscription, purchase and grant, so that a question about access reads one index. Whoever
 * writes one of those writes its claim in the same transaction; that of a subscription, which seldom changes, only where it does.
 */
final class ClaimTable {
    private static final String OF_ACCOUNT = """

            where provider_account = :provider_account and livemode = :livemode
              and account_type = :account_type and account_id = :account_id""";

    private static final Sql LIST = Sql.of("select claim from billing_access" + OF_ACCOUNT);

    private static final Sql DELETE = Sql.of("delete from billing_access" + OF_ACCOUNT);

    private static final Sql DELETE_ONE =
            Sql.of("delete from billing_access" + OF_ACCOUNT + " and kind = :kind and id = :id");

    private static final TableRows ROWS =
            new TableRows("billing_access", "id", "account_type", "account_id", "kind").with(ColumnType.TEXT, "claim");

    private final SqlRunner sql;
    private final RowWriter rows;

    ClaimTable(SqlRunner sql) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
    }

    /** All of the account's, in their order, by one statement. */
    List<Claim> list(AccountRef account) {
        List<Claim> claims = new ArrayList<>(sql.list(LIST, Params.of(account), row -> ClaimText.read(row.text(1))));
        if (claims.size() > 1) {
            claims.sort(Claim.ORDER);
        }
        return claims;
    }

    void put(AccountRef account, Claim claim) {
        rows.put(ROWS, params(account, claim));
    }

    /** What is to be run besides the subscriptions' own rows. */
    List<Step<?>> writing(List<SubscriptionWrite> writes) {
        List<Step<?>> steps = new ArrayList<>();
        List<Params> changed = new ArrayList<>();
        for (SubscriptionWrite write : writes) {
            MirroredSubscription before = write.before();
            MirroredSubscription after = write.after();
            Claim claim = Claim.of(after.subscription());
            if (before != null && !before.account().equals(after.account())) {
                steps.add(Step.change(DELETE_ONE, params(before.account(), claim)));
                changed.add(params(after.account(), claim));
            } else if (before == null || !claim.equals(Claim.of(before.subscription()))) {
                changed.add(params(after.account(), claim));
            }
        }
        if (!changed.isEmpty()) {
            steps.add(rows.putting(ROWS, changed));
        }
        return steps;
    }

    /** Forgets those of an account and writes others in the name of another one. */
    void replace(AccountRef old, AccountRef name, List<Claim> claims) {
        sql.update(DELETE, Params.of(old));
        claims.forEach(claim -> put(name, claim));
    }

    private static Params params(AccountRef account, Claim claim) {
        return Params.of(account)
                .with("kind", claim.kind())
                .with("id", claim.id())
                .with("claim", ClaimText.write(claim));
    }
}
