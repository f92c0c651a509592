package dev.billhook.stripe.internal.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.CustomerListPaymentMethodsParams;
import com.stripe.param.CustomerSearchParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.SubscriptionRetrieveParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PaymentBehavior;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.trial.TrialGateway;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import dev.billhook.trial.TrialMark;
import dev.billhook.trial.TrialPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Trials at Stripe. Marks stand in the customers' metadata, under a name that begins with {@code billhook_trial_}. */
public final class StripeTrials implements TrialGateway {
    private static final String CUSTOMERS = "/v1/customers";
    private static final String SUBSCRIPTIONS = "/v1/subscriptions";

    private final StripeApi api;
    private final SubscriptionDocuments documents;

    /** Trials of the account the calls go to. */
    public StripeTrials(StripeApi api, SubscriptionDocuments documents) {
        this.api = api;
        this.documents = documents;
    }

    @Override
    public Set<TrialMark> markedElsewhere(AccountRef account, Set<TrialMark> marks) {
        String query = marks.stream()
                .map(mark -> "metadata['" + nameOf(mark) + "']:'" + mark.hash() + "'")
                .sorted()
                .collect(Collectors.joining(" OR "));
        JsonNode found = api.get(
                        "look for earlier trials",
                        CUSTOMERS + "/search",
                        CustomerSearchParams.builder()
                                .setQuery(query)
                                .setLimit(Pages.SIZE)
                                .build())
                .body();
        Set<TrialMark> elsewhere = new HashSet<>();
        for (JsonNode customer : found.path("data")) {
            if (!account.equals(Metadata.account(customer))) {
                marks.stream()
                        .filter(mark -> mark.hash().equals(Metadata.value(customer, nameOf(mark))))
                        .forEach(elsewhere::add);
            }
        }
        return elsewhere;
    }

    @Override
    public void mark(String customerId, Set<TrialMark> marks, RequestKey key) {
        CustomerUpdateParams.Builder params = CustomerUpdateParams.builder();
        marks.forEach(mark -> params.putMetadata(nameOf(mark), mark.hash()));
        api.post(
                "mark customer " + customerId,
                "customer.mark",
                StripeApi.path(CUSTOMERS, customerId),
                params.build(),
                key);
    }

    @Override
    public List<String> fingerprints(String customerId) {
        List<String> prints = new ArrayList<>();
        String path = StripeApi.path(CUSTOMERS, customerId) + "/payment_methods";
        CustomerListPaymentMethodsParams.Builder params = CustomerListPaymentMethodsParams.builder()
                .setType(CustomerListPaymentMethodsParams.Type.CARD)
                .setLimit(Pages.SIZE);
        Pages.forEach(
                after -> api.get(
                        "list a customer's cards",
                        path,
                        params.setStartingAfter(after).build()),
                method -> {
                    String print = Json.text(method.path("card"), "fingerprint");
                    if (print != null) {
                        prints.add(print);
                    }
                });
        return prints;
    }

    @Override
    public boolean chargeable(String subscriptionId) {
        SubscriptionRetrieveParams params =
                SubscriptionRetrieveParams.builder().addExpand("customer").build();
        return api.get("read subscription " + subscriptionId, StripeApi.path(SUBSCRIPTIONS, subscriptionId), params)
                .read(subscription -> {
                    JsonNode customer = subscription.path("customer");
                    return "send_invoice".equals(Json.text(subscription, "collection_method"))
                            || Json.id(subscription, "default_payment_method") != null
                            || Json.id(subscription, "default_source") != null
                            || Json.id(customer.path("invoice_settings"), "default_payment_method") != null
                            || Json.id(customer, "default_source") != null;
                });
    }

    @Override
    public Fetched<SubscriptionSnapshot> extend(String subscriptionId, Instant until, RequestKey key) {
        SubscriptionUpdateParams.Builder params = SubscriptionUpdateParams.builder()
                .setTrialEnd(until.getEpochSecond())
                .setProrationBehavior(ProrationBehavior.NONE);
        return update("extend-trial", subscriptionId, params, key);
    }

    @Override
    public Fetched<SubscriptionSnapshot> end(String subscriptionId, RequestKey key) {
        SubscriptionUpdateParams.Builder params = SubscriptionUpdateParams.builder()
                .setTrialEnd(SubscriptionUpdateParams.TrialEnd.NOW)
                .setPaymentBehavior(PaymentBehavior.ERROR_IF_INCOMPLETE);
        return update("end-trial", subscriptionId, params, key);
    }

    private Fetched<SubscriptionSnapshot> update(
            String verb, String subscriptionId, SubscriptionUpdateParams.Builder params, RequestKey key) {
        return documents.current(
                subscriptionId,
                api.post(
                        verb + " of subscription " + subscriptionId,
                        "subscription." + verb,
                        StripeApi.path(SUBSCRIPTIONS, subscriptionId),
                        params.addAllExpand(SubscriptionDocuments.TOLD).build(),
                        key));
    }

    /** A customer may have several cards: their marks stand under sixteen names, by their first digit. */
    private static String nameOf(TrialMark mark) {
        String name = "billhook_trial_" + mark.kind().name().toLowerCase(Locale.ROOT);
        return mark.kind() == TrialPolicy.Per.CARD ? name + "_" + mark.hash().charAt(0) : name;
    }
}
