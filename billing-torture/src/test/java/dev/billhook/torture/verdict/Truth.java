package dev.billhook.torture.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.PlanKey;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.torture.life.Person;
import dev.billhook.torture.life.SimulatorApi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator says at the end, read without the adapter: an adapter that misreads what it is told must not judge
 * itself.
 */
public final class Truth {
    private final SimulatorApi api;
    private final List<JsonNode> events;
    private final Map<String, Person> owners = new LinkedHashMap<>();

    /** Asks for everything that ever happened. */
    public Truth(SimulatorApi api, List<Person> people) {
        this.api = api;
        this.events = api.all("/v1/events");
        people.forEach(person -> person.customers().forEach(customer -> owners.put(customer, person)));
    }

    /** All events, newest first. */
    public List<JsonNode> events() {
        return events;
    }

    /** Whose customer it is, or null if it is nobody's. */
    @Nullable Person owner(String customer) {
        return owners.get(customer);
    }

    /** The present or last customer of an account. */
    public Customer customer(Person person) {
        List<String> customers = person.customers();
        JsonNode customer = api.read(
                "/v1/customers/" + customers.get(customers.size() - 1),
                "expand[0]=invoice_settings.default_payment_method");
        String id = customer.path("id").asText();
        return customer.path("deleted").asBoolean()
                ? new Customer(id, null, false, null, true)
                : new Customer(
                        id,
                        textOf(customer, "currency"),
                        customer.path("delinquent").asBoolean(),
                        method(customer.at("/invoice_settings/default_payment_method")),
                        false);
    }

    /** All subscriptions there ever were, by id; whose they are, by their customer. */
    public Map<String, JsonNode> subscriptions() {
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode event : events) {
            if ("customer.subscription.created".equals(event.path("type").asText())) {
                ids.add(event.at("/data/object/id").asText());
            }
        }
        Map<String, JsonNode> subscriptions = new LinkedHashMap<>();
        ids.forEach(id -> subscriptions.put(id, api.read("/v1/subscriptions/" + id)));
        return subscriptions;
    }

    /** A subscription as the mirror should have it. */
    static Subscription subscription(JsonNode told) {
        List<SubscriptionItem> items = new ArrayList<>();
        told.at("/items/data").forEach(item -> items.add(item(item)));
        return new Subscription(
                told.path("id").asText(),
                SubscriptionStatus.valueOf(told.path("status").asText().toUpperCase(Locale.ROOT)),
                items,
                Instant.ofEpochSecond(told.path("created").asLong()),
                instant(told, "trial_end"),
                told.path("cancel_at_period_end").asBoolean(),
                instant(told, "cancel_at"),
                instant(told, "canceled_at"),
                instant(told, "ended_at"),
                told.path("pause_collection").isObject());
    }

    private static SubscriptionItem item(JsonNode item) {
        JsonNode price = item.path("price");
        String plan = price.at("/metadata/billhook_plan").asText();
        boolean metered = "metered".equals(price.at("/recurring/usage_type").asText());
        return new SubscriptionItem(
                item.path("id").asText(),
                price.path("id").asText(),
                plan.isEmpty() ? null : PlanKey.of(plan),
                metered ? 0 : item.path("quantity").asLong(),
                Instant.ofEpochSecond(item.path("current_period_start").asLong()),
                Instant.ofEpochSecond(item.path("current_period_end").asLong()));
    }

    private static @Nullable PaymentMethod method(JsonNode method) {
        if (!method.isObject()) {
            return null;
        }
        String type = method.path("type").asText();
        JsonNode card = method.path(type);
        return new PaymentMethod(
                method.path("id").asText(),
                type,
                textOf(card, "brand"),
                textOf(card, "last4"),
                card.path("exp_month").asInt(),
                card.path("exp_year").asInt());
    }

    private static @Nullable String textOf(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isTextual() ? value.asText() : null;
    }

    private static @Nullable Instant instant(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isNumber() ? Instant.ofEpochSecond(value.asLong()) : null;
    }
}
