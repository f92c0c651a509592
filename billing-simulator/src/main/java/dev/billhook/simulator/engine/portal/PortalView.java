package dev.billhook.simulator.engine.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Everything a portal page shows, as the API would show it.
 *
 * @param subscriptions the customer's subscriptions that are not over, and those that are over, newest first
 * @param paymentMethods newest first
 * @param invoices newest first, without drafts
 * @param taxIds newest first
 */
public record PortalView(
        ObjectNode session,
        ObjectNode configuration,
        ObjectNode customer,
        List<ObjectNode> subscriptions,
        List<ObjectNode> paymentMethods,
        List<ObjectNode> invoices,
        List<ObjectNode> taxIds) {
    public PortalView {
        subscriptions = List.copyOf(subscriptions);
        paymentMethods = List.copyOf(paymentMethods);
        invoices = List.copyOf(invoices);
        taxIds = List.copyOf(taxIds);
    }
}
