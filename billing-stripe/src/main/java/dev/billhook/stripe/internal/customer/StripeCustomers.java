package dev.billhook.stripe.internal.customer;

import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerRetrieveParams;
import com.stripe.param.CustomerUpdateParams;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingDetail;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.Fetched;
import dev.billhook.spi.provider.CustomerGateway;
import dev.billhook.spi.provider.Page;
import dev.billhook.stripe.internal.read.CustomerReader;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.Answer;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Customers at Stripe. */
public final class StripeCustomers implements CustomerGateway {
    private static final Logger LOG = LoggerFactory.getLogger(StripeCustomers.class);
    private static final String COLLECTION = "/v1/customers";
    /** What is charged by default, in full: the payment method, or a source of the time before. */
    static final List<String> TOLD = List.of("invoice_settings.default_payment_method", "default_source");

    private final StripeApi api;

    /** Customers of the account the calls go to. */
    public StripeCustomers(StripeApi api) {
        this.api = api;
    }

    @Override
    public Fetched<CustomerSnapshot> create(AccountRef account, RequestKey key) {
        CustomerCreateParams params = CustomerCreateParams.builder()
                .putMetadata(Metadata.ACCOUNT, account.toString())
                .addAllExpand(TOLD)
                .build();
        return current(api.post("create a customer", "customer.create", COLLECTION, params, key));
    }

    @Override
    public Fetched<CustomerSnapshot> update(String customerId, AccountProfile profile, RequestKey key) {
        if (profile.email() == null && profile.name() == null) {
            return fetch(customerId);
        }
        CustomerUpdateParams.Builder params = CustomerUpdateParams.builder().addAllExpand(TOLD);
        if (profile.email() != null) {
            params.setEmail(profile.email());
        }
        if (profile.name() != null) {
            params.setName(profile.name());
        }
        String path = StripeApi.path(COLLECTION, customerId);
        return current(api.post("update customer " + customerId, "customer.update", path, params.build(), key));
    }

    @Override
    public Fetched<CustomerSnapshot> useForPayments(String customerId, String paymentMethodId, RequestKey key) {
        CustomerUpdateParams params = CustomerUpdateParams.builder()
                .setInvoiceSettings(CustomerUpdateParams.InvoiceSettings.builder()
                        .setDefaultPaymentMethod(paymentMethodId)
                        .build())
                .addAllExpand(TOLD)
                .build();
        String path = StripeApi.path(COLLECTION, customerId);
        return current(api.post("set the card of customer " + customerId, "customer.card", path, params, key));
    }

    @Override
    public void delete(String customerId, RequestKey key) {
        String path = StripeApi.path(COLLECTION, customerId);
        try {
            api.delete("delete customer " + customerId, "customer.delete", path, key);
        } catch (ProviderObjectMissingException e) {
            LOG.debug("Customer {} is deleted already", customerId, e);
        }
    }

    @Override
    public Fetched<CustomerSnapshot> fetch(String customerId) {
        CustomerRetrieveParams params =
                CustomerRetrieveParams.builder().addAllExpand(TOLD).build();
        String path = StripeApi.path(COLLECTION, customerId);
        try {
            return api.get("read customer " + customerId, path, params).fetched(CustomerReader::read);
        } catch (ProviderException e) {
            if (e.category() != Category.INVALID_REQUEST) {
                throw e;
            }
            return deleted(customerId, path).orElseThrow(() -> e);
        }
    }

    /** A deleted customer has nothing that could be told in full, so asking for that can be refused. */
    private Optional<Fetched<CustomerSnapshot>> deleted(String customerId, String path) {
        try {
            return Optional.of(api.get("read customer " + customerId, path).fetched(CustomerReader::read))
                    .filter(fetched -> fetched.value().customer().deleted());
        } catch (ProviderException e) {
            return Optional.empty();
        }
    }

    @Override
    public Set<BillingDetail> details(String customerId, Set<BillingDetail> asked) {
        String path = StripeApi.path(COLLECTION, customerId);
        Set<BillingDetail> told = api.get("read customer " + customerId, path).read(BillingDetails::told);
        if (asked.contains(BillingDetail.TAX_ID) && hasTaxId(customerId)) {
            told.add(BillingDetail.TAX_ID);
        }
        told.retainAll(asked);
        return told;
    }

    private boolean hasTaxId(String customerId) {
        String path = StripeApi.path(COLLECTION, customerId) + "/tax_ids";
        return api.get("list tax ids of customer " + customerId, path)
                .read(list -> !list.path("data").isEmpty());
    }

    @Override
    public Page<CustomerSnapshot> list(@Nullable String afterId, int max) {
        CustomerListParams params = CustomerListParams.builder()
                .setStartingAfter(afterId)
                .setLimit((long) max)
                .addAllExpand(TOLD.stream().map(field -> "data." + field).toList())
                .build();
        return api.get("list customers", COLLECTION, params).page(CustomerReader::read);
    }

    /** A repeated answer tells the state of back then, so the present one is read. */
    Fetched<CustomerSnapshot> current(Answer answer) {
        return answer.replayed()
                ? fetch(answer.read(body -> Json.requireText(body, "id")))
                : answer.fetched(CustomerReader::read);
    }
}
