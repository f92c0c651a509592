package dev.billhook.jdbc;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Plan.Returned;
import dev.billhook.catalog.PlanKey;
import dev.billhook.jdbc.internal.ColumnType;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.Row;
import dev.billhook.jdbc.internal.RowWriter;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.internal.TableRows;
import dev.billhook.offer.PlaceRules;
import dev.billhook.offer.PlaceRules.Standing;
import dev.billhook.purchase.Purchase;
import dev.billhook.spi.store.offer.OfferStore;
import dev.billhook.subscription.SubscriptionStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** {@code billing_offer}, whose rows are only locked, and {@code billing_offer_place}; what is taken is read from the mirror. */
final class OfferTable implements OfferStore {
    private static final TableRows ROWS = new TableRows("billing_offer", "plan_key");

    private static final TableRows PLACES = new TableRows(
                    "billing_offer_place", "plan_key", "account_type", "account_id")
            .with(ColumnType.TEXT, "visit_id")
            .with(ColumnType.TIME, "held_until");

    private static final Sql LOCK = Sql.of("""
            select plan_key
            from billing_offer
            where provider_account = :provider_account and livemode = :livemode and plan_key = :plan_key
            for update""");

    private static final String SUBSCRIBERS = """
            select i.account_type, i.account_id
            from billing_subscription_item i
            join billing_subscription s
              on s.provider_account = i.provider_account and s.livemode = i.livemode
              and s.subscription_id = i.subscription_id
            where i.provider_account = :provider_account and i.livemode = :livemode and i.plan_key = :plan_key
              and s.status in (:statuses)""";

    private static final String BUYERS = """
            select b.account_type, b.account_id
            from billing_purchase b
            where b.provider_account = :provider_account and b.livemode = :livemode and b.plan_key = :plan_key
              and (b.revoked_for is null or b.revoked_for in (:revocations))""";

    private static final String HOLDERS = """
            from billing_offer_place p
            where p.provider_account = :provider_account and p.livemode = :livemode and p.plan_key = :plan_key
              and not exists (""" + SUBSCRIBERS
            + " and i.account_type = p.account_type and i.account_id = p.account_id)"
            + " and not exists (" + BUYERS + " and b.account_type = p.account_type and b.account_id = p.account_id)";

    private static final String HOLD = HOLDERS + " and p.held_until > :now";
    private static final String OVERDUE = HOLDERS + " and p.held_until <= :now";

    private static final Sql STANDING = Sql.of("select (select count(*) from (" + SUBSCRIBERS + " union " + BUYERS
            + ") t) as taken, (select count(*) " + HOLD
            + ") as held, (select count(*) " + OVERDUE + ") as overdue, (select min(p.held_until) " + HOLD
            + ") as next_end");

    private static final Sql TAKEN = Sql.of("select 1 as one from (" + SUBSCRIBERS
            + " and i.account_type = :account_type and i.account_id = :account_id union " + BUYERS
            + " and b.account_type = :account_type and b.account_id = :account_id) t");

    private static final Sql FIRST_OVERDUE =
            Sql.of("select p.plan_key, p.account_type, p.account_id, p.visit_id, p.held_until " + OVERDUE
                    + " order by p.held_until, p.account_type, p.account_id limit 1");

    private static final Sql FIND = Sql.of("""
            select plan_key, account_type, account_id, visit_id, held_until
            from billing_offer_place
            where provider_account = :provider_account and livemode = :livemode and plan_key = :plan_key
              and account_type = :account_type and account_id = :account_id""");

    private static final Sql EXTEND = Sql.of("""
            update billing_offer_place
            set held_until = :held_until
            where provider_account = :provider_account and livemode = :livemode and plan_key = :plan_key
              and account_type = :account_type and account_id = :account_id and visit_id = :visit_id""");

    private static final Sql RELEASE = Sql.of("""
            delete from billing_offer_place
            where provider_account = :provider_account and livemode = :livemode and plan_key = :plan_key
              and account_type = :account_type and account_id = :account_id and visit_id = :visit_id""");

    private final SqlRunner sql;
    private final RowWriter rows;

    OfferTable(SqlRunner sql) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
    }

    @Override
    public void lock(PlanKey plan) {
        Params params = Params.of("plan_key", plan.value());
        if (sql.list(LOCK, params, row -> row.text("plan_key")).isEmpty()) {
            rows.insertNew(ROWS, params);
            sql.list(LOCK, params, row -> row.text("plan_key"));
        }
    }

    @Override
    public Standing standing(PlanKey plan, Returned returned, Instant now) {
        return sql.first(
                        STANDING,
                        params(plan, returned).with("now", now),
                        row -> new Standing(
                                row.number("taken"),
                                row.number("held"),
                                row.number("overdue"),
                                row.instantOrNull("next_end")))
                .orElseThrow();
    }

    @Override
    public boolean taken(PlanKey plan, Returned returned, AccountRef account) {
        return sql.first(TAKEN, params(plan, returned).with(account), row -> row.number("one"))
                .isPresent();
    }

    @Override
    public Optional<Hold> find(PlanKey plan, AccountRef account) {
        return sql.first(FIND, Params.of(account).with("plan_key", plan.value()), OfferTable::read);
    }

    @Override
    public Optional<Hold> overdue(PlanKey plan, Returned returned, Instant now) {
        return sql.first(FIRST_OVERDUE, params(plan, returned).with("now", now), OfferTable::read);
    }

    @Override
    public void hold(Hold hold) {
        rows.put(PLACES, params(hold));
    }

    @Override
    public void extend(Hold hold) {
        sql.update(EXTEND, params(hold));
    }

    private static Params params(Hold hold) {
        return Params.of(hold.account())
                .with("plan_key", hold.plan().value())
                .with("visit_id", hold.visitId())
                .with("held_until", hold.until());
    }

    @Override
    public void release(PlanKey plan, AccountRef account, String visitId) {
        sql.update(RELEASE, Params.of(account).with("plan_key", plan.value()).with("visit_id", visitId));
    }

    private static Hold read(Row row) throws SQLException {
        return new Hold(
                PlanKey.of(row.text("plan_key")), row.account(), row.text("visit_id"), row.instant("held_until"));
    }

    private static Params params(PlanKey plan, Returned returned) {
        return Params.of("plan_key", plan.value())
                .withList(
                        "statuses",
                        Arrays.stream(SubscriptionStatus.values())
                                .filter(status -> PlaceRules.takesPlace(status, returned))
                                .toList())
                .withList(
                        "revocations",
                        Arrays.stream(Purchase.Reason.values())
                                .filter(reason -> PlaceRules.takesPlace(reason, returned))
                                .toList());
    }
}
