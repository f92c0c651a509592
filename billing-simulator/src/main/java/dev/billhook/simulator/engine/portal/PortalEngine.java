package dev.billhook.simulator.engine.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.discount.DiscountEngine;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.engine.schedule.Schedules;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.engine.tax.TaxIds;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import java.util.List;

/**
 * What a customer does on the hosted portal, by the same operations as the API. Every call names the portal session, touches only
 * what belongs to its customer, and is refused with an {@link ApiError} where the configuration does not offer it. Thread-safe.
 */
public final class PortalEngine {
    private final World world;
    private final PortalAccess access;
    private final PortalPlans plans;
    private final PortalProfile profile;

    /** What it works with. */
    public record Parts(
            PaymentEngine payment,
            BillingEngine billing,
            Schedules schedules,
            DiscountEngine discounts,
            TaxIds taxIds) {}

    public PortalEngine(World world, Parts parts) {
        this.world = world;
        this.access = new PortalAccess(world);
        this.plans = new PortalPlans(access, parts.billing(), parts.schedules(), parts.discounts());
        this.profile = new PortalProfile(access, parts.payment(), parts.billing(), parts.taxIds());
    }

    /** What there is to show. */
    public PortalView view(String sessionId) {
        return world.simulation().atomically(RequestInfo.NONE, () -> {
            ObjectNode session = access.session(sessionId);
            String customer = Docs.textOf(session, "customer");
            List<ObjectNode> invoices = shown("invoice", customer).stream()
                    .filter(invoice -> !"draft".equals(Docs.text(invoice, "status")))
                    .toList();
            return new PortalView(
                    world.renderer().render(session),
                    world.renderer().render(access.configuration(session)),
                    world.renderer().render(world.finder().inUrl("customer", customer)),
                    shown("subscription", customer),
                    shown("payment_method", customer),
                    invoices,
                    shown("tax_id", customer));
        });
    }

    /** What is done with plans. */
    public PortalPlans plans() {
        return plans;
    }

    /** What is done with payment methods and billing details. */
    public PortalProfile profile() {
        return profile;
    }

    private List<ObjectNode> shown(String type, String customer) {
        return world.store()
                .newestFirst(type, "customer", customer)
                .map(world.renderer()::render)
                .toList();
    }
}
