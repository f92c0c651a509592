package dev.billhook.internal.migration;

import dev.billhook.RequestKey;
import dev.billhook.catalog.Catalog;
import dev.billhook.conversion.ItemChange;
import dev.billhook.error.AuthenticationRequiredException;
import dev.billhook.error.PaymentDeclinedException;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.error.RequestRefusedException;
import dev.billhook.internal.migration.MigrationRules.Decision;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.pace.Patience;
import dev.billhook.migration.MigrationPlan;
import dev.billhook.migration.MigrationReport;
import dev.billhook.migration.MigrationRequest;
import dev.billhook.migration.MigrationStep;
import dev.billhook.migration.MigrationTotals;
import dev.billhook.migration.PriceMigration;
import dev.billhook.migration.SkipReason;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** See {@link PriceMigration}. */
public final class DefaultPriceMigration implements PriceMigration {
    private static final int PAGE = 100;

    private final Catalog catalog;
    private final PaymentProvider provider;
    private final BillingStores stores;
    private final MirrorSync sync;
    private final InstantSource clock;

    /** A migration of what the stores mirror. */
    public DefaultPriceMigration(
            Catalog catalog, PaymentProvider provider, BillingStores stores, MirrorSync sync, InstantSource clock) {
        this.catalog = catalog;
        this.provider = provider;
        this.stores = stores;
        this.sync = sync;
        this.clock = clock;
    }

    @Override
    public MigrationPlan dryRun(MigrationRequest request) {
        MigrationRules rules = rules(request, patience(request));
        List<MigrationStep> listed = new ArrayList<>();
        MigrationTotals[] totals = {MigrationTotals.NONE};
        through(null, null, row -> {
            totals[0] = totals[0].sawOne();
            rules.decide(row.account(), row.subscription()).map(Decision::step).ifPresent(step -> {
                totals[0] = totals[0].plus(step);
                if (listed.size() < request.maxListed()) {
                    listed.add(step);
                }
            });
        });
        return new MigrationPlan(totals[0], listed);
    }

    @Override
    public MigrationReport run(MigrationRequest request, Consumer<MigrationStep> progress) {
        Instant startedAt = clock.instant();
        Patience patience = patience(request);
        Touch touch = request.mirrored()
                ? Touch.mirrored(sync, stores.subscriptions())
                : Touch.pastMirror(provider.subscriptions());
        Run run = new Run(request, rules(request, patience), patience, touch, compensation(request, patience, touch));
        MigrationState state = new MigrationState(stores.cursors(), request.name());
        List<MigrationStep> left = new ArrayList<>();
        through(state.at(), state.last(), row -> {
            Optional<MigrationStep> step = run.one(row, state);
            step.ifPresent(progress);
            step.filter(each -> !each.moves() && left.size() < request.maxListed())
                    .ifPresent(left::add);
            state.done(row, step);
        });
        MigrationTotals totals = state.totals();
        state.finished();
        return new MigrationReport(startedAt, clock.instant(), state.resumed(), totals, left);
    }

    private MigrationRules rules(MigrationRequest request, Patience patience) {
        PriceBook prices = new PriceBook(provider.prices(), patience, PriceBook.plans(catalog, request.plans()));
        return new MigrationRules(prices, request.timing());
    }

    private @Nullable Compensation compensation(MigrationRequest request, Patience patience, Touch touch) {
        String code = request.compensation();
        return code == null
                ? null
                : patience.call(() -> new Compensation(provider.discounts(), touch, code, clock.instant()));
    }

    private static Patience patience(MigrationRequest request) {
        return new Patience(request.pause(), request.patience());
    }

    /** All of the mirror, newest first. What is made meanwhile is newer, and on the present price. */
    private void through(@Nullable Instant at, @Nullable String last, Consumer<MirroredSubscription> visitor) {
        Instant from = at;
        String after = last;
        while (true) {
            List<MirroredSubscription> rows = stores.subscriptions().scan(from, after, PAGE);
            for (MirroredSubscription row : rows) {
                visitor.accept(row);
                from = row.subscription().createdAt();
                after = row.subscription().id();
            }
            if (rows.size() < PAGE) {
                return;
            }
        }
    }

    /** One run. */
    private final class Run {
        private final MigrationRequest request;
        private final MigrationRules rules;
        private final Patience patience;
        private final Touch touch;
        private final @Nullable Compensation compensation;

        Run(
                MigrationRequest request,
                MigrationRules rules,
                Patience patience,
                Touch touch,
                @Nullable Compensation compensation) {
            this.request = request;
            this.rules = rules;
            this.patience = patience;
            this.touch = touch;
            this.compensation = compensation;
        }

        /** What became of a subscription; empty if it is not concerned. */
        Optional<MigrationStep> one(MirroredSubscription row, MigrationState state) {
            Subscription known = row.subscription();
            boolean interrupted = state.hadBegun(known.id());
            if (!interrupted && rules.decide(row.account(), known).isEmpty()) {
                return Optional.empty();
            }
            Subscription now = patience.call(() -> touch.read(known));
            if (interrupted && rules.done(now)) {
                compensate(now);
                return Optional.of(new MigrationStep(row.account(), now.id(), List.of(), null));
            }
            return rules.decide(row.account(), now).map(decision -> {
                if (!decision.step().moves()) {
                    return decision.step();
                }
                state.begins(now.id());
                return move(now, decision);
            });
        }

        private MigrationStep move(Subscription current, Decision decision) {
            List<ItemChange> changes = decision.changes();
            RequestKey key = RequestKey.derived("migration", request.name(), current.id(), changes);
            Subscription moved;
            try {
                moved = patience.call(() -> touch.change(current, () -> change(current.id(), changes, key)));
            } catch (PaymentDeclinedException | AuthenticationRequiredException e) {
                return decision.step().skipped(SkipReason.PAYMENT_FAILED);
            } catch (RequestRefusedException | ProviderObjectMissingException e) {
                return decision.step().skipped(SkipReason.REFUSED);
            }
            compensate(moved);
            return decision.step();
        }

        private Fetched<SubscriptionSnapshot> change(String id, List<ItemChange> changes, RequestKey key) {
            Timing timing = request.timing();
            return timing.now()
                    ? provider.subscriptions().changeItems(id, changes, timing, key)
                    : provider.subscriptions().scheduleItems(id, changes, key);
        }

        /** A code that cannot be redeemed any more ends the run: those who are moved after it would get nothing. */
        private void compensate(Subscription moved) {
            if (compensation != null) {
                patience.call(() -> {
                    compensation.give(moved, request.name());
                    return Boolean.TRUE;
                });
            }
        }
    }
}
