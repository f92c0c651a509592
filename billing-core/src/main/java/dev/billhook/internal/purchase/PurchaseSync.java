package dev.billhook.internal.purchase;

import dev.billhook.catalog.PlanKey;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.mirror.MirrorSync.Refreshed;
import dev.billhook.mirror.ApplyResult;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.MirrorChange;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.mirror.Notice;
import dev.billhook.mirror.PurchaseSnapshot;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.Sale;
import dev.billhook.purchase.SaleRules;
import dev.billhook.purchase.SaleVerdict;
import dev.billhook.purchase.SaleVerdict.Bought;
import dev.billhook.spi.provider.purchase.PurchaseGateway;
import dev.billhook.spi.store.purchase.PurchaseStore;
import dev.billhook.webhook.InboxEvent.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the provider what was sold, and brings it through the door. Whatever is heard of a purchase, of its payment, a refund
 * or a dispute, in whatever order, leads here, and here the present state is read; so each makes the same of it.
 */
public final class PurchaseSync {
    private static final Logger LOG = LoggerFactory.getLogger(PurchaseSync.class);

    private final PurchaseGateway gateway;
    private final PurchaseStore store;
    private final SaleRules rules;
    private final MirrorSync sync;
    private final MirrorWriter mirror;

    /** A sync between the gateway's sales and the store behind the door. */
    public PurchaseSync(
            PurchaseGateway gateway, PurchaseStore store, SaleRules rules, MirrorSync sync, MirrorWriter mirror) {
        this.gateway = gateway;
        this.store = store;
        this.rules = rules;
        this.sync = sync;
        this.mirror = mirror;
    }

    /** Whether the catalog sells what is looked for here. */
    public boolean anySold() {
        return rules.anySold();
    }

    /**
     * Whether a sale may be a purchase.
     *
     * @param intended the plan its page was opened for, or null if it was not Billhook that opened it
     */
    public boolean concernedBy(@Nullable PlanKey intended) {
        return intended != null || anySold();
    }

    /**
     * What a sale comes to; changes nothing.
     *
     * @param known its row
     * @param now when the provider told it (UTC)
     */
    public Meaning meaning(Sale sale, Optional<PurchaseStore.Row> known, Instant now) {
        Purchase before = known.map(PurchaseStore.Row::purchase).orElse(null);
        String customer = known.map(PurchaseStore.Row::customerId).orElse(sale.customerId());
        if (customer == null) {
            return Meaning.NOTHING;
        }
        SaleVerdict verdict = rules.judge(sale, before, now);
        if (verdict instanceof Bought bought) {
            return new Meaning(Optional.of(snapshot(sale, customer, bought, before)), Optional.empty());
        }
        return verdict instanceof SaleVerdict.Refused refused
                ? new Meaning(
                        Optional.empty(), Optional.of(new Notice.SaleMismatch(customer, sale.id(), refused.mismatch())))
                : Meaning.NOTHING;
    }

    /**
     * What a sale comes to: one of these, or neither if nothing was bought, or not by a customer.
     *
     * @param bought the purchase it is
     * @param mismatch what is to be told of it, because it was paid, but gives nothing
     */
    public record Meaning(Optional<PurchaseSnapshot> bought, Optional<Notice.SaleMismatch> mismatch) {
        static final Meaning NOTHING = new Meaning(Optional.empty(), Optional.empty());
    }

    /** What became of the sale of a Checkout session; empty if it is none of ours, or not paid yet. */
    public Optional<Refreshed> refresh(String sessionId) {
        return Optional.ofNullable(sync.untilApplied(() -> attempt(sessionId)).refreshed());
    }

    /**
     * What one question led to.
     *
     * @param refreshed null if the sale is none of ours, or not paid yet
     */
    private record Outcome(@Nullable Refreshed refreshed) {}

    /** Empty if the row moved meanwhile. */
    private Optional<Outcome> attempt(String sessionId) {
        Optional<PurchaseStore.Row> known = store.find(sessionId);
        Fetched<Optional<Sale>> answer = gateway.fetch(sessionId);
        return answer.value().isEmpty()
                ? Optional.of(new Outcome(null))
                : taken(answer.value().get(), known, answer);
    }

    /** The same for the sale a payment was made at. */
    public Optional<Refreshed> refreshByPayment(String paymentId) {
        Optional<String> session =
                store.findByPayment(paymentId).map(row -> row.purchase().id());
        if (session.isEmpty() && rules.anySold()) {
            session = gateway.sessionOf(paymentId);
        }
        return session.flatMap(this::refresh);
    }

    private Optional<Outcome> taken(Sale sale, Optional<PurchaseStore.Row> known, Fetched<?> answer) {
        Instant now = answer.asOf().latest();
        Meaning meaning = meaning(sale, known, now);
        if (meaning.bought().isPresent()) {
            long version = known.map(PurchaseStore.Row::version).orElse(0L);
            return sync.applied(new Fetched<>(meaning.bought().get(), answer.asOf()), version)
                    .map(Outcome::new);
        }
        return Optional.of(
                new Outcome(meaning.mismatch().map(odd -> told(sale, odd, now)).orElse(null)));
    }

    private static PurchaseSnapshot snapshot(Sale sale, String customer, Bought bought, @Nullable Purchase before) {
        Sale.Payment payment = sale.payment();
        Instant at = payment == null ? sale.createdAt() : payment.at();
        return new PurchaseSnapshot(
                sale.id(),
                customer,
                sale.account(),
                bought.plan(),
                bought.units(),
                payment == null ? null : payment.id(),
                before == null ? at : before.boughtAt(),
                bought.revocation());
    }

    private Refreshed told(Sale sale, Notice.SaleMismatch odd, Instant now) {
        LOG.warn("Checkout {} was paid, but gives nothing: {}. Refund it, or give a grant", sale.id(), odd.mismatch());
        String customer = odd.customerId();
        List<MirrorChange> changes = new ArrayList<>();
        if (sale.account() != null) {
            changes.add(new MirrorChange.Linked(customer, sale.account()));
        }
        changes.add(new MirrorChange.Noted(odd, now));
        List<ApplyResult> results = mirror.applyAll(changes);
        return new Refreshed(results.get(results.size() - 1), new Owner(customer, sale.account()));
    }
}
