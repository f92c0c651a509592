package dev.billhook.torture.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.PlanKey;
import dev.billhook.money.MinorUnits;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.Schedule;
import dev.billhook.subscription.ScheduledChange;
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

    /** The customer of an account: the present one, or any of those it was if all are deleted. */
    public List<Customer> customers(Person person) {
        List<Customer> all = person.customers().stream().map(this::customer).toList();
        List<Customer> living =
                all.stream().filter(customer -> !customer.deleted()).toList();
        return living.isEmpty() ? all : living;
    }

    private Customer customer(String id) {
        JsonNode customer = api.read("/v1/customers/" + id, "expand[0]=invoice_settings.default_payment_method");
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
        ids.forEach(id -> subscriptions.put(
                id,
                api.read(
                        "/v1/subscriptions/" + id,
                        "expand[0]=discounts",
                        "expand[1]=schedule.phases.items.price",
                        "expand[2]=default_payment_method")));
        return subscriptions;
    }

    /** A subscription as the mirror should have it. */
    static Subscription subscription(JsonNode told) {
        List<SubscriptionItem> items = new ArrayList<>();
        told.at("/items/data").forEach(item -> items.add(item(item)));
        SubscriptionStatus status =
                SubscriptionStatus.valueOf(told.path("status").asText().toUpperCase(Locale.ROOT));
        return new Subscription(
                told.path("id").asText(),
                status,
                items,
                Instant.ofEpochSecond(told.path("created").asLong()),
                instant(told, "trial_end"),
                told.path("cancel_at_period_end").asBoolean(),
                instant(told, "cancel_at"),
                instant(told, "canceled_at"),
                instant(told, "ended_at"),
                cancellation(told.path("cancellation_details")),
                pause(told.path("pause_collection")),
                terms(told, status),
                status.ended() ? null : schedule(told),
                status.ended() ? null : method(told.path("default_payment_method")));
    }

    private static Cancellation.@Nullable Told cancellation(JsonNode details) {
        String reason = textOf(details, "reason");
        String feedback = textOf(details, "feedback");
        return reason == null && feedback == null
                ? null
                : new Cancellation.Told(
                        reason == null ? null : Cancellation.Cause.valueOf(reason.toUpperCase(Locale.ROOT)),
                        feedback == null ? null : Cancellation.Feedback.valueOf(feedback.toUpperCase(Locale.ROOT)));
    }

    private static @Nullable CollectionPause pause(JsonNode pause) {
        return pause.isObject()
                ? new CollectionPause(
                        CollectionPause.Behavior.valueOf(
                                pause.path("behavior").asText().toUpperCase(Locale.ROOT)),
                        instant(pause, "resumes_at"))
                : null;
    }

    private static BillingTerms terms(JsonNode told, SubscriptionStatus status) {
        List<BillingTerms.Discount> discounts = new ArrayList<>();
        if (!status.ended()) {
            told.path("discounts")
                    .forEach(discount -> discounts.add(new BillingTerms.Discount(
                            discount.path("id").asText(),
                            discount.at("/source/coupon").asText(),
                            textOf(discount, "promotion_code"),
                            instant(discount, "end"))));
        }
        boolean byHand = "send_invoice".equals(told.path("collection_method").asText());
        return new BillingTerms(
                MinorUnits.currency(told.path("currency").asText()),
                byHand ? CollectionMethod.invoice(told.path("days_until_due").asInt()) : CollectionMethod.automatic(),
                discounts);
    }

    private static @Nullable Schedule schedule(JsonNode told) {
        JsonNode schedule = told.path("schedule");
        return schedule.isObject() ? new Schedule(schedule.path("id").asText(), scheduled(told)) : null;
    }

    /** The first phase to come with other lines than the present ones. */
    private static @Nullable ScheduledChange scheduled(JsonNode told) {
        JsonNode schedule = told.path("schedule");
        long present = schedule.at("/current_phase/start_date").asLong();
        for (JsonNode phase : schedule.path("phases")) {
            long start = phase.path("start_date").asLong();
            boolean other = !lines(phase.path("items")).equals(lines(told.at("/items/data")));
            if (schedule.path("current_phase").isObject() && start > present && other) {
                List<ScheduledChange.Line> lines = new ArrayList<>();
                phase.path("items").forEach(item -> lines.add(line(item)));
                return new ScheduledChange(Instant.ofEpochSecond(start), lines);
            }
        }
        return null;
    }

    private static List<String> lines(JsonNode items) {
        List<String> lines = new ArrayList<>();
        items.forEach(item -> lines.add(line(item).toString()));
        return lines.stream().sorted().toList();
    }

    private static ScheduledChange.Line line(JsonNode item) {
        JsonNode price = item.path("price");
        return new ScheduledChange.Line(price.path("id").asText(), plan(price), quantity(item));
    }

    private static long quantity(JsonNode item) {
        boolean metered =
                "metered".equals(item.at("/price/recurring/usage_type").asText());
        return metered ? 0 : item.path("quantity").asLong();
    }

    private static @Nullable PlanKey plan(JsonNode price) {
        String plan = price.at("/metadata/billhook_plan").asText();
        return plan.isEmpty() ? null : PlanKey.of(plan);
    }

    private static SubscriptionItem item(JsonNode item) {
        JsonNode price = item.path("price");
        return new SubscriptionItem(
                item.path("id").asText(),
                price.path("id").asText(),
                plan(price),
                quantity(item),
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
