package dev.billhook.simulator.engine.tax;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Automatic tax of subscriptions, invoices and Checkout sessions: switching it on, and what becomes of it without a location. */
public final class AutomaticTax {
    private static final String FIELD = "automatic_tax";
    private static final String SUBSCRIPTION = "subscription";

    private final World world;
    private final Registrations registrations;

    AutomaticTax(World world, Registrations registrations) {
        this.world = world;
        this.registrations = registrations;
    }

    /** Whether a document is taxed automatically. */
    public static boolean isOn(ObjectNode doc) {
        return Docs.flag(Docs.child(doc, FIELD), "enabled");
    }

    /** Switches automatic tax on or off as a request asks; it excludes tax rates that are named. */
    public void set(ObjectNode doc, Params params) {
        if (params.hasValue(FIELD)) {
            Params given = params.group(FIELD);
            switchTo(doc, given.flag("enabled"), given.group("liability").text("type", "self"));
        }
        if (isOn(doc) && !Docs.texts(doc, "default_tax_rates").isEmpty()) {
            throw ApiError.invalid(
                    null, "default_tax_rates", "Give tax rates, or let tax be calculated automatically; not both.");
        }
    }

    /** Switches automatic tax of a document on or off. */
    public static void switchTo(ObjectNode doc, boolean on, String liable) {
        ObjectNode shown = Docs.child(doc, FIELD);
        shown.put("enabled", on);
        if (shown.has("disabled_reason")) {
            shown.putNull("disabled_reason");
        }
        if (shown.has("provider")) {
            shown.put("provider", on ? "stripe" : null);
            shown.putNull("status");
        }
        shown.putNull("liability");
        if (on) {
            shown.putObject("liability").put("type", liable);
        }
    }

    /** Refuses automatic tax for an invoice whose customer's location is not known. */
    public void requireLocation(ObjectNode invoice) {
        if (isOn(invoice) && location(invoice) == null) {
            throw unrecognized(FIELD);
        }
    }

    /** Refuses a customer whose address is to be recognised at once and is not. */
    public void validate(ObjectNode customer, Params tax) {
        if ("immediately".equals(tax.text("validate_location")) && TaxLocation.of(customer) == null) {
            throw unrecognized(tax.name("validate_location"));
        }
    }

    /** Whether and where a customer is taxed, as an expanded {@code tax} of it tells. */
    public ObjectNode describe(ObjectNode customer) {
        TaxLocation location = TaxLocation.of(customer);
        ObjectNode tax = Docs.object();
        tax.put(
                FIELD,
                location == null
                        ? "unrecognized_location"
                        : registrations.isCollecting(location) ? "supported" : "not_collecting");
        tax.putNull("ip_address");
        if (location == null) {
            tax.putNull("location");
        } else {
            tax.putObject("location")
                    .put("country", location.country())
                    .put("source", location.source())
                    .put("state", location.state());
        }
        tax.put("provider", "stripe");
        return tax;
    }

    /** Where the customer of an invoice is: by the addresses on the invoice, else by those of what it pays with. */
    @Nullable TaxLocation location(ObjectNode invoice) {
        ObjectNode shipping = Docs.child(Docs.child(invoice, "customer_shipping"), "address");
        ObjectNode address = Docs.child(invoice, "customer_address");
        if (shipping.hasNonNull("country")) {
            return TaxLocation.at(shipping, "shipping_destination");
        }
        return address.hasNonNull("country") ? TaxLocation.at(address, "billing_address") : ofMethod(invoice);
    }

    /** Goes on without tax, as Stripe does when an invoice is to be final and nobody knows where its customer is. */
    void giveUp(ObjectNode invoice) {
        ObjectNode shown = Docs.child(invoice, FIELD);
        shown.put("enabled", false);
        shown.put("disabled_reason", "finalization_requires_location_inputs");
        shown.putNull("status");
        String id = subscriptionOf(invoice);
        if (id != null) {
            ObjectNode subscription = world.store().edit(SUBSCRIPTION, id);
            ObjectNode setting = Docs.child(subscription, FIELD);
            setting.put("enabled", false);
            setting.put("disabled_reason", "requires_location_inputs");
            world.events().emitUpdated("customer.subscription.updated", subscription);
        }
    }

    private static @Nullable String subscriptionOf(ObjectNode invoice) {
        return Docs.text(Docs.child(Docs.child(invoice, "parent"), "subscription_details"), SUBSCRIPTION);
    }

    private static ApiError unrecognized(String param) {
        return ApiError.invalid(
                "customer_tax_location_invalid",
                param,
                "The customer's location isn't recognized. Set a valid customer address in order to calculate tax"
                        + " automatically.");
    }

    private @Nullable TaxLocation ofMethod(ObjectNode invoice) {
        ObjectNode customer = world.customerOf(invoice);
        String id = subscriptionOf(invoice);
        ObjectNode subscription = id == null ? null : world.store().find(SUBSCRIPTION, id);
        ObjectNode method = Stream.of(invoice, subscription, Docs.child(customer, "invoice_settings"), customer)
                .filter(Objects::nonNull)
                .flatMap(doc -> Stream.of("default_payment_method", "default_source")
                        .map(field -> Docs.text(doc, field))
                        .filter(Objects::nonNull))
                .findFirst()
                .map(named -> world.store().find("payment_method", named))
                .orElse(null);
        return method == null
                ? null
                : TaxLocation.at(Docs.child(Docs.child(method, "billing_details"), "address"), "payment_method");
    }
}
