package dev.billhook.purchase;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.purchase.Purchase.Reason;
import dev.billhook.purchase.Purchase.Revocation;
import dev.billhook.purchase.PurchasePolicy.Disputes;
import dev.billhook.purchase.Sale.Dispute;
import dev.billhook.purchase.Sale.Payment;
import dev.billhook.purchase.SaleVerdict.Mismatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a sale gives. Pure and thread-safe. What a purchase was made for stays, whatever becomes of the catalog; only
 * whether it still counts follows from the payment.
 *
 * @since 0.1.0
 */
public final class SaleRules {
    private final Catalog catalog;
    private final PurchasePolicy policy;

    /** Rules for what a catalog sells. */
    public SaleRules(Catalog catalog, PurchasePolicy policy) {
        this.catalog = catalog;
        this.policy = policy;
    }

    /** Whether the catalog has plans of tiers that are paid once. */
    public boolean anySold() {
        return catalog.plans().stream().anyMatch(SaleRules::soldOnce);
    }

    /**
     * The verdict.
     *
     * @param known what the sale was taken for before, or null
     * @param now when the provider told it (UTC)
     */
    public SaleVerdict judge(Sale sale, @Nullable Purchase known, Instant now) {
        if (known != null) {
            return new SaleVerdict.Bought(
                    known.plan(), known.units(), revocation(sale.payment(), known.revocation(), now));
        }
        List<Sale.Line> tiers = sale.lines().stream()
                .filter(line -> line.plan() != null && sold(line.plan()).isPresent())
                .toList();
        PlanKey intended = sale.intended();
        if (intended == null && tiers.isEmpty()) {
            return new SaleVerdict.Foreign();
        }
        if (!sale.settled()) {
            return new SaleVerdict.Waiting();
        }
        if (intended != null && sold(intended).isEmpty()) {
            return new SaleVerdict.Refused(Mismatch.UNKNOWN_PLAN);
        }
        if (tiers.size() > 1) {
            return new SaleVerdict.Refused(Mismatch.SEVERAL_PLANS);
        }
        if (tiers.isEmpty()
                || (intended != null && !intended.equals(tiers.get(0).plan()))) {
            return new SaleVerdict.Refused(Mismatch.OTHER_PLAN);
        }
        Sale.Line line = tiers.get(0);
        Plan plan = sold(line.plan()).orElseThrow();
        return plan.units().allows(line.quantity())
                ? new SaleVerdict.Bought(plan.key(), line.quantity(), revocation(sale.payment(), null, now))
                : new SaleVerdict.Refused(Mismatch.UNITS);
    }

    /** Whether a plan is a tier's that is paid once; set-up fees and add-ons are not bought by themselves. */
    private static boolean soldOnce(Plan plan) {
        return !plan.interval().recurring() && !plan.product().addOn();
    }

    private Optional<Plan> sold(@Nullable PlanKey plan) {
        return plan == null ? Optional.empty() : catalog.findPlan(plan).filter(SaleRules::soldOnce);
    }

    private @Nullable Revocation revocation(@Nullable Payment payment, @Nullable Revocation known, Instant now) {
        if (payment == null) {
            return known;
        }
        if (payment.wentBack()) {
            return since(Reason.REFUNDED, payment.refundedAt(), known, now);
        }
        boolean disputed = payment.dispute() == Dispute.LOST
                || (payment.dispute() == Dispute.OPEN && policy.disputes() == Disputes.REVOKE_WHEN_OPENED);
        return disputed ? since(Reason.DISPUTED, payment.disputedAt(), known, now) : null;
    }

    /** What was told once keeps its time, so that asking again changes nothing. */
    private static Revocation since(Reason reason, @Nullable Instant at, @Nullable Revocation known, Instant now) {
        return known != null && known.reason() == reason ? known : new Revocation(reason, at == null ? now : at);
    }
}
