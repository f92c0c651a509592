package dev.billhook.internal.reconcile;

import dev.billhook.account.AccountRef;
import dev.billhook.error.ProviderException;
import dev.billhook.mirror.ApplyResult;
import dev.billhook.mirror.Basis;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.mirror.PurchaseSnapshot;
import dev.billhook.mirror.Snapshot;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.purchase.Purchase;
import dev.billhook.reconcile.Drift;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Confirms that an object differs, and brings it in line. Pages of a list are no proof: the mirror may have moved on since, so
 * a suspect is fetched by itself, and what is found counts only if its row did not move meanwhile.
 */
final class Comparison {
    private static final int MAX_FETCHES = 8;

    private final MirrorWriter mirror;
    private final boolean repair;

    Comparison(MirrorWriter mirror, boolean repair) {
        this.mirror = mirror;
        this.repair = repair;
    }

    /** Whether what differs is brought in line. */
    boolean repairs() {
        return repair;
    }

    /**
     * What the mirror has.
     *
     * @param account whose, or null
     * @param state the record, or null
     * @param version 0 if there is no row
     */
    record Ours(@Nullable AccountRef account, @Nullable Record state, long version) {}

    /** The difference, or empty if there is none any more. */
    Optional<Drift> confirm(
            String objectId, Supplier<Ours> read, Supplier<? extends Fetched<? extends Snapshot>> fetch) {
        for (int i = 0; i < MAX_FETCHES; i++) {
            Ours ours = read.get();
            Fetched<? extends Snapshot> theirs;
            try {
                theirs = fetch.get();
            } catch (ProviderException e) {
                if (e.category() == ProviderException.Category.NOT_FOUND) {
                    return missingThere(objectId, ours);
                }
                throw e;
            }
            if (read.get().version() == ours.version()) {
                return judge(objectId, ours, theirs);
            }
        }
        return Optional.empty();
    }

    private Optional<Drift> judge(String objectId, Ours ours, Fetched<? extends Snapshot> theirs) {
        Snapshot snapshot = theirs.value();
        Record state = stateOf(snapshot, ours.state());
        if (state.equals(ours.state())) {
            return Optional.empty();
        }
        List<Drift.Field> fields = ours.state() == null ? List.of() : FieldDrift.between(ours.state(), state);
        Drift.Kind kind = ours.state() != null
                ? Drift.Kind.DIFFERENT
                : ours.account() == null ? Drift.Kind.UNLINKED : Drift.Kind.MISSING_HERE;
        if (!repair) {
            return Optional.of(new Drift(kind, objectId, ours.account(), fields, false));
        }
        ApplyResult result = mirror.apply(snapshot, new Basis.Answer(theirs.asOf(), ours.version()));
        boolean unlinked = result.unowned();
        return Optional.of(new Drift(
                unlinked ? Drift.Kind.UNLINKED : kind == Drift.Kind.UNLINKED ? Drift.Kind.MISSING_HERE : kind,
                objectId,
                ours.account() == null ? snapshot.accountHint() : ours.account(),
                fields,
                !unlinked));
    }

    private static Optional<Drift> missingThere(String objectId, Ours ours) {
        return ours.state() == null
                ? Optional.empty()
                : Optional.of(new Drift(Drift.Kind.MISSING_THERE, objectId, ours.account(), List.of(), false));
    }

    /** The part of a snapshot the mirror keeps. A purchase stays its account's, whoever the provider says that is. */
    private static Record stateOf(Snapshot snapshot, @Nullable Record ours) {
        if (snapshot instanceof PurchaseSnapshot purchase) {
            return ours instanceof Purchase known ? purchase.of(known.account()) : purchase;
        }
        return snapshot instanceof SubscriptionSnapshot subscription
                ? subscription.subscription()
                : ((CustomerSnapshot) snapshot).customer();
    }
}
