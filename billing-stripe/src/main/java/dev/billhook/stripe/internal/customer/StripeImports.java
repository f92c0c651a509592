package dev.billhook.stripe.internal.customer;

import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerUpdateParams;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.Fetched;
import dev.billhook.spi.provider.imports.ImportGateway;
import dev.billhook.stripe.internal.read.CustomerReader;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Customers that were made before, at Stripe. */
public final class StripeImports implements ImportGateway {
    private static final String CUSTOMERS = "/v1/customers";

    private final StripeApi api;
    private final StripeCustomers customers;

    /** Customers of the account the calls go to. */
    public StripeImports(StripeApi api, StripeCustomers customers) {
        this.api = api;
        this.customers = customers;
    }

    /** Stripe's filter knows small letters from capitals; its search does not, but lags behind by up to a minute. */
    @Override
    public List<CustomerSnapshot> withEmail(String email, int max) {
        Set<String> forms = new LinkedHashSet<>(List.of(email, email.toLowerCase(Locale.ROOT)));
        Map<String, CustomerSnapshot> found = new LinkedHashMap<>();
        for (String form : forms) {
            CustomerListParams params = CustomerListParams.builder()
                    .setEmail(form)
                    .setLimit((long) max)
                    .addAllExpand(StripeCustomers.TOLD.stream()
                            .map(field -> "data." + field)
                            .toList())
                    .build();
            api.get("list customers by e-mail", CUSTOMERS, params)
                    .page(CustomerReader::read)
                    .items()
                    .forEach(customer -> found.put(customer.customerId(), customer));
        }
        return found.values().stream().limit(max).toList();
    }

    @Override
    public Fetched<CustomerSnapshot> link(String customerId, AccountRef account, RequestKey key) {
        CustomerUpdateParams params = CustomerUpdateParams.builder()
                .putMetadata(Metadata.ACCOUNT, account.toString())
                .addAllExpand(StripeCustomers.TOLD)
                .build();
        String path = StripeApi.path(CUSTOMERS, customerId);
        return customers.current(api.post("link customer " + customerId, "customer.link", path, params, key));
    }

    @Override
    public List<String> subscriptionsOf(String customerId) {
        List<String> ids = new ArrayList<>();
        CustomerSubscriptions.forEach(api, customerId, subscription -> ids.add(Json.requireText(subscription, "id")));
        return ids;
    }
}
