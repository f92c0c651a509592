package dev.billhook.stripe.internal.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.ChargeListParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerSearchParams;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.error.RequestRefusedException;
import dev.billhook.money.MinorUnits;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.support.SupportGateway;
import dev.billhook.stripe.internal.customer.CustomerSubscriptions;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.read.SubscriptionReader;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import dev.billhook.subscription.Subscription;
import dev.billhook.support.Spend;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Customers, their subscriptions and charges at Stripe. */
public final class StripeSupport implements SupportGateway {
    private static final Logger LOG = LoggerFactory.getLogger(StripeSupport.class);
    private static final String CUSTOMERS = "/v1/customers";

    private final StripeApi api;
    private final String dashboard;

    /**
     * @param livemode of which mode the dashboard's pages are
     */
    public StripeSupport(StripeApi api, boolean livemode) {
        this.api = api;
        this.dashboard = "https://dashboard.stripe.com/" + (livemode ? "" : "test/") + "customers/";
    }

    /**
     * Stripe's filter knows small letters from capitals, and its search does not, but lags behind by up to a minute: together
     * they find who was made long ago in any letters, and who was made just now in these.
     */
    @Override
    public List<Found> withEmail(String email, int max) {
        Map<String, Found> found = new LinkedHashMap<>();
        Set<String> forms = new LinkedHashSet<>(List.of(email, email.toLowerCase(Locale.ROOT)));
        for (String form : forms) {
            CustomerListParams params = CustomerListParams.builder()
                    .setEmail(form)
                    .setLimit((long) max)
                    .build();
            api.get("list customers by e-mail", CUSTOMERS, params)
                    .body()
                    .path("data")
                    .forEach(customer -> found.put(Json.requireText(customer, "id"), found(customer)));
        }
        search(email, max).stream()
                .filter(customer -> email.equalsIgnoreCase(customer.email()))
                .forEach(customer -> found.putIfAbsent(customer.id(), customer));
        return found.values().stream().limit(max).toList();
    }

    /** Not every account can search; the lists have most then. */
    private List<Found> search(String email, int max) {
        String quoted = email.replace("\\", "\\\\").replace("'", "\\'");
        CustomerSearchParams params = CustomerSearchParams.builder()
                .setQuery("email:'" + quoted + "'")
                .setLimit((long) max)
                .build();
        List<Found> found = new ArrayList<>();
        try {
            api.get("search customers by e-mail", CUSTOMERS + "/search", params)
                    .body()
                    .path("data")
                    .forEach(customer -> found.add(found(customer)));
        } catch (RequestRefusedException refused) {
            LOG.debug("Customers cannot be searched: {}", refused.code().orElse("refused"));
        }
        return found;
    }

    @Override
    public Optional<Found> find(String customerId) {
        try {
            return Optional.of(api.get("read customer " + customerId, StripeApi.path(CUSTOMERS, customerId))
                    .read(this::found));
        } catch (ProviderObjectMissingException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public List<Subscription> subscriptions(String customerId) {
        List<Subscription> subscriptions = new ArrayList<>();
        CustomerSubscriptions.forEach(
                api,
                customerId,
                subscription ->
                        subscriptions.add(SubscriptionReader.read(subscription).subscription()));
        return subscriptions;
    }

    @Override
    public List<Spend> spend(String customerId) {
        ChargeListParams.Builder params =
                ChargeListParams.builder().setCustomer(customerId).setLimit(Pages.SIZE);
        Map<Currency, Spend> sums = new LinkedHashMap<>();
        Pages.forEach(
                after -> api.get(
                        "list charges of customer " + customerId,
                        "/v1/charges",
                        params.setStartingAfter(after).build()),
                charge -> add(charge, sums));
        return List.copyOf(sums.values());
    }

    /** Charges that failed, or were not captured yet, took no money. */
    private static void add(JsonNode charge, Map<Currency, Spend> sums) {
        if ("succeeded".equals(Json.text(charge, "status")) && Json.flag(charge, "captured")) {
            Currency currency = MinorUnits.currency(Json.requireText(charge, "currency"));
            Spend one = new Spend(
                    Money.of(Json.requireNumber(charge, "amount_captured"), currency),
                    1,
                    Money.of(Json.requireNumber(charge, "amount_refunded"), currency),
                    Json.flag(charge, "disputed") ? 1 : 0);
            sums.merge(currency, one, StripeSupport::sum);
        }
    }

    private static Spend sum(Spend one, Spend other) {
        return new Spend(
                one.captured().plus(other.captured()),
                one.charges() + other.charges(),
                one.refunded().plus(other.refunded()),
                one.disputes() + other.disputes());
    }

    private Found found(JsonNode customer) {
        Map<String, String> metadata = new LinkedHashMap<>();
        customer.path("metadata")
                .properties()
                .forEach(field -> metadata.put(field.getKey(), field.getValue().asText()));
        String id = Json.requireText(customer, "id");
        Instant created = Json.instant(customer, "created");
        return new Found(
                id,
                Json.text(customer, "name"),
                Json.text(customer, "email"),
                created == null ? Instant.EPOCH : created,
                Json.text(customer.path("address"), "country"),
                Json.text(customer, "currency"),
                metadata.get(Metadata.ACCOUNT),
                metadata,
                URI.create(dashboard + id),
                Json.flag(customer, "deleted"));
    }
}
