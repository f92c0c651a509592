package dev.billhook.stripe.internal.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.Fetched;
import dev.billhook.stripe.testing.Documents;
import dev.billhook.stripe.testing.RecordingStripe;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Customers at Stripe")
class StripeCustomersTest {
    private static final AccountRef ACCOUNT = AccountRef.of("user", "42");
    private static final RequestKey KEY = new RequestKey("key-1");
    private static final String EXPAND = "invoice_settings.default_payment_method";

    @AutoClose
    private final RecordingStripe stripe = new RecordingStripe();

    @Test
    @DisplayName("B9 are made with the account and nothing else, so that a key always goes with the same values")
    void create() {
        stripe.replies(Documents.customer("cus_1"));

        Fetched<CustomerSnapshot> made = stripe.provider().customers().create(ACCOUNT, KEY);

        assertThat(stripe.call().method()).isEqualTo("POST");
        assertThat(stripe.call().path()).isEqualTo("/v1/customers");
        assertThat(stripe.call().params())
                .isEqualTo(Map.of(
                        "metadata[billhook_account]", "user:42", "expand[0]", EXPAND, "expand[1]", "default_source"));
        assertThat(stripe.call().idempotencyKey()).isEqualTo("customer.create:key-1");
        assertThat(made.value()).isEqualTo(new CustomerSnapshot(Customer.ofId("cus_1"), true, ACCOUNT, false));
        assertThat(made.asOf().latest()).isAfterOrEqualTo(made.asOf().earliest());
    }

    @Test
    @DisplayName("C5 are read again when Stripe repeats an earlier answer")
    void replayed() {
        stripe.replies(200, Documents.customer("cus_1"), Map.of("Idempotent-Replayed", "true"))
                .replies("{\"id\": \"cus_1\", \"object\": \"customer\", \"deleted\": true}");

        CustomerSnapshot made =
                stripe.provider().customers().create(ACCOUNT, KEY).value();

        assertThat(made.customer().deleted()).isTrue();
        assertThat(stripe.calls()).extracting(RecordingStripe.Call::method).containsExactly("POST", "GET");
    }

    @Test
    @DisplayName("B8 get e-mail and name; what is not told is left as it is")
    void update() {
        stripe.replies(Documents.customer("cus_1"));
        stripe.provider().customers().update("cus_1", AccountProfile.ofEmail("a+b@example.com"), KEY);
        assertThat(stripe.call().path()).isEqualTo("/v1/customers/cus_1");
        assertThat(stripe.call().params())
                .isEqualTo(Map.of("email", "a+b@example.com", "expand[0]", EXPAND, "expand[1]", "default_source"));
        assertThat(stripe.call().idempotencyKey()).isEqualTo("customer.update:key-1");
    }

    @Test
    @DisplayName("are only read when there is nothing to write")
    void updateNothing() {
        stripe.replies(Documents.customer("cus_1"));
        stripe.provider().customers().update("cus_1", AccountProfile.empty(), KEY);
        assertThat(stripe.call().method()).isEqualTo("GET");
    }

    @Test
    @DisplayName("C18 tell their default payment method in full")
    void fetch() {
        stripe.replies("""
                {"id": "cus_1", "object": "customer", "currency": "jpy", "delinquent": true, "metadata": {},
                 "email": "buyer@example.com", "test_clock": "clock_1",
                 "invoice_settings": {"default_payment_method": {"id": "pm_1", "object": "payment_method", "type": "card",
                   "card": {"brand": "visa", "last4": "4242", "exp_month": 4, "exp_year": 2030}}}}""");

        CustomerSnapshot customer = stripe.provider().customers().fetch("cus_1").value();

        assertThat(stripe.call().params()).isEqualTo(Map.of("expand[0]", EXPAND, "expand[1]", "default_source"));
        assertThat(customer)
                .isEqualTo(new CustomerSnapshot(
                        new Customer(
                                "cus_1",
                                "jpy",
                                true,
                                new PaymentMethod("pm_1", "card", "visa", "4242", 4, 2030),
                                false),
                        true,
                        null,
                        true));
    }

    @Test
    @DisplayName("C18 tell a payment method that is no card by its type")
    void sepa() {
        stripe.replies("""
                {"id": "cus_1", "object": "customer", "metadata": {},
                 "invoice_settings": {"default_payment_method": {"id": "pm_1", "type": "sepa_debit",
                   "sepa_debit": {"last4": "3000"}}}}""");
        assertThat(stripe.provider()
                        .customers()
                        .fetch("cus_1")
                        .value()
                        .customer()
                        .defaultPaymentMethod())
                .isEqualTo(new PaymentMethod("pm_1", "sepa_debit", null, "3000", null, null));
    }

    @Test
    @DisplayName("are told as deleted when they are")
    void deleted() {
        stripe.replies("{\"id\": \"cus_1\", \"object\": \"customer\", \"deleted\": true}");
        CustomerSnapshot customer = stripe.provider().customers().fetch("cus_1").value();
        assertThat(customer.customer()).isEqualTo(new Customer("cus_1", null, false, null, true));
        assertThat(customer.paymentMethodResolved()).isTrue();
    }
}
