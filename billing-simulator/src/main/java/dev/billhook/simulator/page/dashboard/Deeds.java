package dev.billhook.simulator.page.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.charge.ChargeEngine;
import dev.billhook.simulator.engine.portal.PortalSessions;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.page.dashboard.view.Places;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import java.math.BigDecimal;
import java.util.function.Supplier;

/** What can be done with single objects: refunds, disputes, a visit of the portal. */
final class Deeds {
    private final World world;
    private final ChargeEngine charging;
    private final PortalSessions portal;

    Deeds(World world, ChargeEngine charging, PortalSessions portal) {
        this.world = world;
        this.charging = charging;
        this.portal = portal;
    }

    /** Does what a button of an object's page says. */
    PageResponse act(PageRequest request, String section, String id, String deed) {
        return switch (section + " " + deed) {
            case "payments refund" -> refund(request, id);
            case "payments dispute" -> dispute(request, id);
            case "payments win" -> decide(id, true);
            case "payments lose" -> decide(id, false);
            case "customers portal" -> visit(id);
            default -> throw new NoSuchPageException("The dashboard has no such action.");
        };
    }

    private PageResponse refund(PageRequest request, String id) {
        unit(() -> {
            ObjectNode charge = world.finder().inUrl("charge", id);
            ObjectNode wanted = Docs.object().put("charge", id);
            String amount = request.field("amount");
            if (!amount.isEmpty()) {
                wanted.put("amount", minorUnits(amount, Docs.textOf(charge, "currency")));
            }
            return charging.refunds().create(Params.of(wanted));
        });
        return PageResponse.redirect(Places.object("payments", id) + "?notice=refunded");
    }

    private PageResponse dispute(PageRequest request, String id) {
        String reason = request.field("reason");
        if (!reason.matches("[a-z_]{1,40}")) {
            throw ApiError.invalid(null, "reason", "Choose why the cardholder disputes the payment.");
        }
        ObjectNode dispute = unit(() -> {
            world.finder().inUrl("charge", id);
            return charging.disputes().raise(id, reason, null, false);
        });
        return PageResponse.redirect(Places.object("payments", Docs.textOf(dispute, "id")) + "?notice=disputed");
    }

    private PageResponse decide(String id, boolean won) {
        unit(() -> charging.disputes().decide(id, won));
        return PageResponse.redirect(Places.object("payments", id) + "?notice=decided");
    }

    private PageResponse visit(String customer) {
        ObjectNode session = unit(() -> {
            world.finder().inUrl("customer", customer);
            ObjectNode wanted = Docs.object().put("customer", customer);
            wanted.put("return_url", world.baseUrl() + Places.object("customers", customer));
            return portal.create(Params.of(wanted));
        });
        return PageResponse.redirect("/portal/" + Docs.textOf(session, "id"));
    }

    private ObjectNode unit(Supplier<ObjectNode> work) {
        return world.simulation().atomically(RequestInfo.NONE, work);
    }

    private static long minorUnits(String amount, String currency) {
        try {
            return new BigDecimal(amount)
                    .movePointRight(AmountText.digits(currency))
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw ApiError.invalid(null, "amount", "Write the amount as a number, for example 12.50.");
        }
    }
}
