package dev.billhook.stripe;

import static dev.billhook.stripe.testing.Storefront.ADA;
import static dev.billhook.stripe.testing.Storefront.BOB;
import static dev.billhook.stripe.testing.Storefront.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.NotFoundException;
import dev.billhook.RequestKey;
import dev.billhook.credit.RefundRequest;
import dev.billhook.error.AuthenticationRequiredException;
import dev.billhook.error.PaymentDeclinedException;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceQuery;
import dev.billhook.invoice.InvoiceRefusedException.Reason;
import dev.billhook.invoice.InvoiceService;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.money.Money;
import dev.billhook.stripe.testing.Storefront;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C14 Paying an open invoice")
class InvoicePaymentTest {
    @AutoClose
    private final Storefront shop = new Storefront();

    private final InvoiceService invoices = shop.billing().invoices();

    @BeforeEach
    void renewalFails() {
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, "");
        shop.card(ADA, "pm_card_chargeCustomerFail");
        shop.renew(ADA);
        assertThat(shop.subscription(ADA).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
    }

    private Invoice latest() {
        return invoices.list(ADA, InvoiceQuery.newest()).invoices().get(0);
    }

    @Test
    @DisplayName("C14 with the new card it is paid, and the subscription is active at once")
    void afterCardUpdate() {
        shop.card(ADA, "pm_card_mastercard");

        Invoice paid = invoices.pay(ADA, latest().id());

        assertThat(paid.status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(paid.settlement().remaining()).isEqualTo(Money.of(0, "usd"));
        assertThat(paid.links().receipt()).isNotNull();
        assertThat(shop.subscription(ADA).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        shop.settle();
        assertThat(shop.told()).contains("PaymentRecovered");
    }

    @Test
    @DisplayName("C14 paying twice charges once, whether by the same key or not")
    void twice() {
        shop.card(ADA, "pm_card_visa");
        RequestKey key = RequestKey.random();
        String id = latest().id();

        Invoice paid = invoices.pay(ADA, id, key);

        assertThat(invoices.pay(ADA, id, key)).isEqualTo(paid);
        assertThat(invoices.pay(ADA, id)).isEqualTo(paid);
        assertThat(shop.stripe().credits().payments(id)).hasSize(1);
    }

    @Test
    @DisplayName("C14 a declined card is told as such, and nothing has changed")
    void declined() {
        Invoice open = latest();
        Subscription before = shop.subscription(ADA);

        assertThatExceptionOfType(PaymentDeclinedException.class)
                .isThrownBy(() -> invoices.pay(ADA, open.id()))
                .satisfies(e -> assertThat(e.userMessage()).isNotBlank());

        assertThat(latest().status()).isEqualTo(InvoiceStatus.OPEN);
        assertThat(latest().settlement()).isEqualTo(open.settlement());
        assertThat(shop.subscription(ADA)).isEqualTo(before);
    }

    @Test
    @DisplayName("C14 a bank that asks for the customer is told with the page to send him to")
    void confirmation() {
        shop.card(ADA, "pm_card_authenticationRequired");
        Invoice open = latest();

        assertThatExceptionOfType(AuthenticationRequiredException.class)
                .isThrownBy(() -> invoices.pay(ADA, open.id()))
                .satisfies(e -> assertThat(e.url())
                        .hasValue(Objects.requireNonNull(open.links().page())));
    }

    @Test
    @DisplayName("C11 what was paid by bank transfer is noted, and cannot be refunded here")
    void outside() {
        Invoice paid = invoices.markPaid(ADA, latest().id());

        assertThat(paid.status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(paid.settlement().paidOutside()).isTrue();
        assertThat(paid.links().receipt()).isNull();
        assertThat(invoices.markPaid(ADA, paid.id())).isEqualTo(paid);
        assertThat(shop.subscription(ADA).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertRefused(Reason.NOT_PAID, () -> invoices.refund(ADA, RefundRequest.whole(paid.id())));
    }

    @Test
    @DisplayName("C14 a void invoice is neither paid nor voided again, a paid one is not voided")
    void voided() {
        Invoice open = latest();
        String first =
                invoices.list(ADA, InvoiceQuery.newest()).invoices().get(1).id();

        Invoice taken = invoices.voidInvoice(ADA, open.id());

        assertThat(taken.status()).isEqualTo(InvoiceStatus.VOID);
        assertThat(invoices.voidInvoice(ADA, open.id())).isEqualTo(taken);
        assertRefused(Reason.VOID, () -> invoices.pay(ADA, open.id()));
        assertRefused(Reason.ALREADY_PAID, () -> invoices.voidInvoice(ADA, first));
    }

    @Test
    @DisplayName("C14 a draft is not paid before it is final")
    void draft() {
        shop.card(ADA, "pm_card_visa");
        invoices.pay(ADA, latest().id());
        shop.simulator()
                .advanceTo(shop.subscription(ADA).periodEnd().orElseThrow().plus(Duration.ofMinutes(5)));
        String draft = latest().id();

        assertRefused(Reason.NOT_FINAL, () -> invoices.pay(ADA, draft));
        assertRefused(Reason.NOT_FINAL, () -> invoices.markPaid(ADA, draft));
        assertRefused(Reason.NOT_FINAL, () -> invoices.voidInvoice(ADA, draft));
    }

    @Test
    @DisplayName("C14 nobody pays or voids the invoice of another account")
    void others() {
        shop.customer(BOB, "pm_card_visa");
        String id = latest().id();

        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> invoices.pay(BOB, id));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> invoices.markPaid(BOB, id));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> invoices.voidInvoice(BOB, id));
        assertThat(latest().status()).isEqualTo(InvoiceStatus.OPEN);
    }
}
