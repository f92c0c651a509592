package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.testhelpers.TestClockAdvanceParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Stripe's own Java client")
class StripeClientTest {
    private StripeClient stripe;

    @BeforeEach
    void connect(StripeSimulator simulator) {
        stripe = StripeClients.of(simulator);
    }

    @Test
    @DisplayName("walks from customer to subscription, preview, change and cancellation")
    void thread() throws StripeException {
        Price price = price(1000, "pro");
        Customer customer = customer(null);
        Subscription subscription = stripe.v1()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer.getId())
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(price.getId())
                                .setQuantity(2L)
                                .build())
                        .addExpand("latest_invoice.payments")
                        .build());
        assertThat(subscription.getStatus()).isEqualTo("active");
        Invoice first = subscription.getLatestInvoiceObject();
        assertThat(first.getAmountPaid()).isEqualTo(2000);
        assertThat(first.getPayments().getData()).hasSize(1);
        Invoice preview = stripe.v1()
                .invoices()
                .createPreview(InvoiceCreatePreviewParams.builder()
                        .setSubscription(subscription.getId())
                        .build());
        assertThat(preview.getAmountDue()).isEqualTo(2000);
        Subscription cancelled = stripe.v1()
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .setCancelAtPeriodEnd(true)
                                .putMetadata("why", "test")
                                .build());
        assertThat(cancelled.getCancelAtPeriodEnd()).isTrue();
        assertThat(cancelled.getItems().getData().get(0).getCurrentPeriodEnd()).isEqualTo(cancelled.getCancelAt());
        assertThat(stripe.v1().subscriptions().cancel(subscription.getId()).getStatus())
                .isEqualTo("canceled");
    }

    @Test
    @DisplayName("pages through lists by itself and searches")
    void paging() throws StripeException {
        for (int i = 0; i < 25; i++) {
            customer(null);
        }
        int count = 0;
        for (Customer any : stripe.v1()
                .customers()
                .list(CustomerListParams.builder().setLimit(7L).build())
                .autoPagingIterable()) {
            assertThat(any.getId()).startsWith("cus_");
            count++;
        }
        assertThat(count).isEqualTo(25);
    }

    @Test
    @DisplayName("gets its own exceptions")
    void exceptions() {
        assertThatThrownBy(() -> stripe.v1().customers().retrieve("cus_nobody"))
                .isInstanceOfSatisfying(InvalidRequestException.class, e -> {
                    assertThat(e.getCode()).isEqualTo("resource_missing");
                    assertThat(e.getRequestId()).startsWith("req_");
                    assertThat(e.getStatusCode()).isEqualTo(404);
                });
        assertThatThrownBy(() -> stripe.v1()
                        .paymentIntents()
                        .create(PaymentIntentCreateParams.builder()
                                .setAmount(100L)
                                .setCurrency("usd")
                                .setConfirm(true)
                                .setPaymentMethod("pm_card_visa_chargeDeclinedInsufficientFunds")
                                .build()))
                .isInstanceOfSatisfying(
                        CardException.class, e -> assertThat(e.getDeclineCode()).isEqualTo("insufficient_funds"));
        RequestOptions key = RequestOptions.builder().setIdempotencyKey("k").build();
        assertThatThrownBy(() -> {
                    stripe.v1().customers().create(named("a"), key);
                    stripe.v1().customers().create(named("b"), key);
                })
                .isInstanceOf(IdempotencyException.class);
    }

    @Test
    @DisplayName("makes Checkout and portal sessions")
    void sessions() throws StripeException {
        Price price = price(1000, "pro");
        var session = stripe.v1()
                .checkout()
                .sessions()
                .create(SessionCreateParams.builder()
                        .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                        .setSuccessUrl("https://shop.example/{CHECKOUT_SESSION_ID}")
                        .setAllowPromotionCodes(true)
                        .setUiMode(SessionCreateParams.UiMode.HOSTED_PAGE)
                        .addLineItem(SessionCreateParams.LineItem.builder()
                                .setPrice(price.getId())
                                .setQuantity(1L)
                                .build())
                        .setSubscriptionData(SessionCreateParams.SubscriptionData.builder()
                                .setTrialPeriodDays(7L)
                                .putMetadata("a", "b")
                                .build())
                        .build());
        assertThat(session.getUrl()).contains("/pay/cs_test_");
        var portal = stripe.v1()
                .billingPortal()
                .sessions()
                .create(com.stripe.param.billingportal.SessionCreateParams.builder()
                        .setCustomer(customer(null).getId())
                        .setReturnUrl("https://shop.example")
                        .build());
        assertThat(portal.getUrl()).contains("/portal/bps_");
    }

    @Test
    @DisplayName("D10 turns a test clock, whose customers live in a time of their own")
    void testClock() throws StripeException {
        Instant start = Instant.parse("2030-01-31T00:00:00Z");
        var clock = stripe.v1()
                .testHelpers()
                .testClocks()
                .create(TestClockCreateParams.builder()
                        .setFrozenTime(start.getEpochSecond())
                        .build());
        Subscription subscription = stripe.v1()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer(clock.getId()).getId())
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(price(500, null).getId())
                                .build())
                        .build());
        assertThat(subscription.getCreated()).isEqualTo(start.getEpochSecond());
        assertThat(subscription.getTestClock()).isEqualTo(clock.getId());
        long target = start.plus(Duration.ofDays(61)).getEpochSecond();
        var advancing = stripe.v1()
                .testHelpers()
                .testClocks()
                .advance(
                        clock.getId(),
                        TestClockAdvanceParams.builder().setFrozenTime(target).build());
        assertThat(advancing.getStatus()).isEqualTo("advancing");
        assertThat(stripe.v1()
                        .testHelpers()
                        .testClocks()
                        .retrieve(clock.getId())
                        .getStatus())
                .isEqualTo("ready");
        Subscription later = stripe.v1().subscriptions().retrieve(subscription.getId());
        assertThat(Instant.ofEpochSecond(later.getItems().getData().get(0).getCurrentPeriodEnd()))
                .isEqualTo(Instant.parse("2030-04-30T00:00:00Z"));
        stripe.v1().testHelpers().testClocks().delete(clock.getId());
        assertThat(stripe.v1().customers().retrieve(later.getCustomer()).getDeleted())
                .isTrue();
    }

    @Test
    @DisplayName("reads the account and the balance")
    void account() throws StripeException {
        assertThat(stripe.v1().accounts().retrieveCurrent().getId()).startsWith("acct_");
        assertThat(stripe.v1().balance().retrieve().getLivemode()).isFalse();
    }

    private Price price(long amount, String lookupKey) throws StripeException {
        return stripe.v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency("usd")
                        .setUnitAmount(amount)
                        .setLookupKey(lookupKey)
                        .setRecurring(PriceCreateParams.Recurring.builder()
                                .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                                .build())
                        .setProductData(PriceCreateParams.ProductData.builder()
                                .setName("Plan")
                                .build())
                        .build());
    }

    private Customer customer(String clock) throws StripeException {
        return stripe.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setEmail("jane@example.com")
                        .setTestClock(clock)
                        .setPaymentMethod("pm_card_visa")
                        .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder()
                                .setDefaultPaymentMethod("pm_card_visa")
                                .build())
                        .build());
    }

    private static CustomerCreateParams named(String name) {
        return CustomerCreateParams.builder().setName(name).build();
    }
}
