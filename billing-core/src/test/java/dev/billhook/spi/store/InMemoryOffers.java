package dev.billhook.spi.store;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Plan.Returned;
import dev.billhook.catalog.PlanKey;
import dev.billhook.offer.PlaceRules;
import dev.billhook.offer.PlaceRules.Standing;
import dev.billhook.purchase.Purchase;
import dev.billhook.spi.store.offer.OfferStore;
import dev.billhook.spi.store.purchase.PurchaseStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Places counted in the tables of a scope. */
final class InMemoryOffers implements OfferStore {
    private final InMemoryStores stores;
    private final InMemoryDatabase database;

    InMemoryOffers(InMemoryStores stores, InMemoryDatabase database) {
        this.stores = stores;
        this.database = database;
    }

    /** A transaction has all tables for itself anyway. */
    @Override
    public void lock(PlanKey plan) {}

    @Override
    public Standing standing(PlanKey plan, Returned returned, Instant now) {
        return database.statement(stores.scope(), tables -> {
            Set<AccountRef> takers = takers(tables, plan, returned);
            List<Hold> holds = holds(tables, plan, takers);
            List<Hold> held =
                    holds.stream().filter(hold -> hold.until().isAfter(now)).toList();
            return new Standing(
                    takers.size(),
                    held.size(),
                    holds.size() - held.size(),
                    held.stream()
                            .map(Hold::until)
                            .min(Comparator.naturalOrder())
                            .orElse(null));
        });
    }

    @Override
    public boolean taken(PlanKey plan, Returned returned, AccountRef account) {
        return database.statement(
                stores.scope(), tables -> takers(tables, plan, returned).contains(account));
    }

    @Override
    public Optional<Hold> find(PlanKey plan, AccountRef account) {
        return database.statement(
                stores.scope(), tables -> Optional.ofNullable(tables.places().get(key(plan, account))));
    }

    @Override
    public Optional<Hold> overdue(PlanKey plan, Returned returned, Instant now) {
        return database.statement(
                stores.scope(),
                tables -> holds(tables, plan, takers(tables, plan, returned)).stream()
                        .filter(hold -> !hold.until().isAfter(now))
                        .min(Comparator.comparing(Hold::until)
                                .thenComparing(hold -> hold.account().toString())));
    }

    @Override
    public void hold(Hold hold) {
        database.statement(
                stores.scope(),
                tables -> Optional.ofNullable(tables.places().put(key(hold.plan(), hold.account()), hold)));
    }

    @Override
    public void extend(Hold hold) {
        database.statement(
                stores.scope(),
                tables -> Optional.ofNullable(tables.places()
                        .computeIfPresent(
                                key(hold.plan(), hold.account()),
                                (key, old) -> old.visitId().equals(hold.visitId()) ? hold : old)));
    }

    @Override
    public void release(PlanKey plan, AccountRef account, String visitId) {
        database.statement(
                stores.scope(),
                tables -> tables.places()
                        .values()
                        .removeIf(hold -> hold.plan().equals(plan)
                                && hold.account().equals(account)
                                && hold.visitId().equals(visitId)));
    }

    private static String key(PlanKey plan, AccountRef account) {
        return plan + " " + account;
    }

    private static Set<AccountRef> takers(InMemoryDatabase.Tables tables, PlanKey plan, Returned returned) {
        Stream<AccountRef> subscribers = tables.subscriptions().values().stream()
                .filter(row -> row.subscription().plans().contains(plan)
                        && PlaceRules.takesPlace(row.subscription().status(), returned))
                .map(MirroredSubscription::account);
        Stream<AccountRef> buyers = tables.purchases().values().stream()
                .map(PurchaseStore.Row::purchase)
                .filter(purchase -> purchase.plan().equals(plan) && takes(purchase, returned))
                .map(Purchase::account);
        return Stream.concat(subscribers, buyers).collect(Collectors.toSet());
    }

    private static boolean takes(Purchase purchase, Returned returned) {
        return purchase.revocation() == null
                || PlaceRules.takesPlace(purchase.revocation().reason(), returned);
    }

    private static List<Hold> holds(InMemoryDatabase.Tables tables, PlanKey plan, Set<AccountRef> but) {
        return tables.places().values().stream()
                .filter(hold -> hold.plan().equals(plan) && !but.contains(hold.account()))
                .toList();
    }
}
