package dev.billhook.stripe;

import static dev.billhook.stripe.testing.MirroredShop.ADA;
import static dev.billhook.stripe.testing.MirroredShop.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.deletion.Deletion;
import dev.billhook.deletion.DeletionException;
import dev.billhook.deletion.DeletionException.Reason;
import dev.billhook.deletion.DeletionPolicy;
import dev.billhook.deletion.DeletionPolicy.Customers;
import dev.billhook.deletion.DeletionPolicy.OpenInvoices;
import dev.billhook.deletion.DeletionPolicy.Running;
import dev.billhook.deletion.DeletionPreview;
import dev.billhook.entitlement.AccessState;
import dev.billhook.error.ProviderException;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceQuery;
import dev.billhook.simulator.api.Fault;
import dev.billhook.stripe.testing.MirroredShop;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D14 An account is deleted, here and at Stripe")
class AccountDeletionTest {
    @AutoClose
    private final MirroredShop shop = new MirroredShop(UnaryOperator.identity());

    private String subscriber(AccountRef account) {
        String customer = shop.customer(account);
        shop.subscribe(customer);
        return customer;
    }

    private Deletion delete(AccountRef account, DeletionPolicy policy) {
        Deletion deletion = shop.billing().deletion().delete(account, policy).orElseThrow();
        shop.settle();
        return deletion;
    }

    private boolean deletedThere(String customer) {
        return shop.get("/v1/customers/" + customer).path("deleted").booleanValue();
    }

    private JsonNode invoices(String customer) {
        return shop.get("/v1/invoices?customer=" + customer).path("data");
    }

    @Test
    @DisplayName("D14 a running subscription is told as the reason, and neither Stripe nor the mirror has changed")
    void running() {
        String customer = subscriber(ADA);
        List<String> before = List.of(shop.mirror().toString(), shop.told().toString());

        assertThatExceptionOfType(DeletionException.class)
                .isThrownBy(() -> shop.billing().deletion().delete(ADA))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.SUBSCRIPTION_RUNNING))
                .withMessageContaining("Account user:ada is not deleted: a subscription has not ended; end it first");

        shop.settle();
        assertThat(List.of(shop.mirror().toString(), shop.told().toString())).isEqualTo(before);
        assertThat(deletedThere(customer)).isFalse();
    }

    @Test
    @DisplayName("D14 what deleting comes to is shown before, by what Stripe says, and nothing has changed")
    void preview() {
        String customer = shop.customer(ADA);
        shop.settle();
        // The mirror has not heard of it yet.
        String subscription = shop.post(
                        "/v1/subscriptions",
                        "customer=" + customer,
                        "items[0][price]=" + shop.priceOf("team-monthly"),
                        "collection_method=send_invoice",
                        "days_until_due=14")
                .path("id")
                .textValue();
        String invoice = invoices(customer).at("/0/id").textValue();
        shop.post("/v1/invoices/" + invoice + "/finalize");
        String before = shop.mirror().toString();

        DeletionPreview refused =
                shop.billing().deletion().preview(ADA, DeletionPolicy.STANDARD).orElseThrow();
        DeletionPreview allowed = shop.billing()
                .deletion()
                .preview(ADA, DeletionPolicy.AT_ALL_EVENTS)
                .orElseThrow();

        assertThat(refused.refused()).isEqualTo(Reason.SUBSCRIPTION_RUNNING);
        assertThat(refused.refusal()).isPresent();
        assertThat(allowed.refusal()).isEmpty();
        assertThat(allowed.running()).extracting(Subscription::id).containsExactly(subscription);
        assertThat(allowed.openInvoices()).extracting(Invoice::id).containsExactly(invoice);
        assertThat(allowed.customers()).containsExactly(customer);
        assertThat(shop.mirror().toString()).isEqualTo(before);
        assertThat(deletedThere(customer)).isFalse();
        assertThat(shop.billing().deletion().preview(BOB, DeletionPolicy.STANDARD))
                .isEmpty();
    }

    @Test
    @DisplayName("D14 a deletion that is only begun is carried out by the background, once, however often it is begun")
    void begun() {
        String customer = subscriber(ADA);
        assertThatExceptionOfType(DeletionException.class)
                .isThrownBy(() -> shop.billing().deletion().begin(ADA, DeletionPolicy.STANDARD));

        Deletion deletion = shop.billing()
                .deletion()
                .begin(ADA, DeletionPolicy.AT_ALL_EVENTS)
                .orElseThrow();

        assertThat(deletedThere(customer)).isFalse();
        assertThat(shop.billing().deletion().begin(ADA, DeletionPolicy.STANDARD))
                .as("it is on its way, by the policy it was begun with")
                .contains(deletion);
        shop.settle();
        assertThat(deletedThere(customer)).isTrue();
        assertThat(shop.billing().accounts().find(ADA)).isEmpty();
        assertThat(shop.billing().subscriptions().list(deletion.keptAs())).hasSize(1);
        assertThat(shop.kinds(ADA)).containsEntry("AccountDeletionStarted", 1L).containsEntry("AccountDeleted", 1L);
        assertThat(shop.billing().deletion().begin(ADA, DeletionPolicy.AT_ALL_EVENTS))
                .isEmpty();
    }

    @Test
    @DisplayName("D14 subscriptions end, the customer and its cards go, invoices stay, and everything is told")
    void ended() {
        String customer = subscriber(ADA);
        String bobs = subscriber(BOB);

        Deletion deletion = delete(ADA, DeletionPolicy.STANDARD.running(Running.END));

        assertThat(deletedThere(customer)).isTrue();
        assertThat(invoices(customer)).hasSize(1);
        assertThat(shop.billing().accounts().find(ADA)).isEmpty();
        assertThat(shop.billing().subscriptions().list(deletion.keptAs()))
                .extracting(Subscription::status)
                .containsExactly(SubscriptionStatus.CANCELED);
        assertThat(shop.billing().entitlements().resolve(ADA).state()).isEqualTo(AccessState.NONE);
        assertThat(shop.kinds(ADA))
                .containsAllEntriesOf(
                        Map.of("AccountDeletionStarted", 1L, "SubscriptionEnded", 1L, "AccountDeleted", 1L));
        assertThat(shop.billing().deletion().delete(ADA)).as("again").isEmpty();
        assertThat(deletedThere(bobs)).isFalse();
        assertThat(shop.billing().subscriptions().find(BOB)).isPresent();
        assertThat(shop.drift().clean()).isTrue();
    }

    @Test
    @DisplayName("D14 by policy the unused time is paid back before the subscription ends")
    void refunded() {
        String customer = subscriber(ADA);

        Deletion deletion = delete(ADA, DeletionPolicy.STANDARD.running(Running.END_AND_REFUND));

        assertThat(shop.get("/v1/charges?customer=" + customer)
                        .at("/data/0/amount_refunded")
                        .longValue())
                .isEqualTo(3600);
        assertThat(shop.told()).anyMatch(event -> event.contains("RefundIssued"));
        assertThat(deletion.account()).isEqualTo(ADA);
    }

    @Test
    @DisplayName("D14 an open invoice is told as the reason, or taken back, or left, by policy")
    void openInvoice() {
        for (OpenInvoices policy : List.of(OpenInvoices.VOID, OpenInvoices.LEAVE)) {
            AccountRef account = AccountRef.of("user", policy.name());
            String customer = shop.customer(account);
            shop.post(
                    "/v1/subscriptions",
                    "customer=" + customer,
                    "items[0][price]=" + shop.priceOf("team-monthly"),
                    "collection_method=send_invoice",
                    "days_until_due=14");
            String invoice = invoices(customer).at("/0/id").textValue();
            shop.post("/v1/invoices/" + invoice + "/finalize");
            DeletionPolicy ending = DeletionPolicy.STANDARD.running(Running.END);

            assertThatExceptionOfType(DeletionException.class)
                    .isThrownBy(() -> delete(account, ending))
                    .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVOICE_OPEN));
            assertThat(shop.billing().subscriptions().find(account)).isPresent();
            delete(account, ending.openInvoices(policy));

            assertThat(invoices(customer).at("/0/status").textValue())
                    .isEqualTo(policy == OpenInvoices.VOID ? "void" : "open");
        }
    }

    @Test
    @DisplayName("D14 a customer that is kept is not used again, and is no difference to a sweep")
    void kept() {
        String customer = subscriber(ADA);

        delete(ADA, DeletionPolicy.AT_ALL_EVENTS.customers(Customers.KEEP));

        assertThat(deletedThere(customer)).isFalse();
        shop.post("/v1/customers/" + customer, "email=ada@example.com");
        assertThat(shop.drift().clean()).isTrue();
        shop.billing().accounts().register(ADA, AccountProfile.empty());
        assertThat(shop.customer(ADA)).isNotEqualTo(customer);
        assertThat(shop.billing().accounts().get(ADA).customerId()).isNotEqualTo(Optional.of(customer));
    }

    @Test
    @DisplayName("D14 who comes back under the same name sees no invoice of the time before")
    void comesBack() {
        subscriber(ADA);
        delete(ADA, DeletionPolicy.AT_ALL_EVENTS);

        String again = subscriber(ADA);

        assertThat(shop.billing().accounts().get(ADA).customerId()).contains(again);
        assertThat(shop.billing().invoices().list(ADA, InvoiceQuery.newest()).invoices())
                .hasSize(1);
        assertThat(shop.billing().subscriptions().list(ADA)).hasSize(1);
    }

    @Test
    @DisplayName("D14 a refund after the deletion is told under the other name")
    void refundLater() {
        String customer = subscriber(ADA);
        String charge =
                shop.get("/v1/charges?customer=" + customer).at("/data/0/id").textValue();
        Deletion deletion = delete(ADA, DeletionPolicy.AT_ALL_EVENTS);

        shop.post("/v1/refunds", "charge=" + charge);

        assertThat(shop.kinds(deletion.keptAs())).containsEntry("RefundIssued", 1L);
    }

    @ParameterizedTest(name = "D14 {0}")
    @ValueSource(strings = {"/v1/subscriptions/", "/v1/customers/"})
    @DisplayName(
            "D14 where Stripe refuses to end or to delete for a while, the background carries the deletion through")
    void stripeDown(String path) {
        String customer = subscriber(ADA);
        shop.simulator().faults().plan(100, Fault.error(500).forMethod("DELETE").forPath(path));

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> shop.billing().deletion().delete(ADA, DeletionPolicy.AT_ALL_EVENTS));
        assertThat(shop.billing().accounts().find(ADA)).isPresent();
        assertThat(deletedThere(customer)).isFalse();
        shop.simulator().faults().clear();
        shop.advance(Duration.ofHours(1));

        assertThat(shop.billing().accounts().find(ADA)).isEmpty();
        assertThat(deletedThere(customer)).isTrue();
        assertThat(shop.kinds(ADA)).containsEntry("SubscriptionEnded", 1L).containsEntry("AccountDeleted", 1L);
    }
}
