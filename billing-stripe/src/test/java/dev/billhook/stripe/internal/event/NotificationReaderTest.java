package dev.billhook.stripe.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.spi.provider.EventContent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a notification of the v2 API says")
class NotificationReaderTest {
    private static final EventContent IRRELEVANT = new EventContent.Irrelevant();

    private static ObjectNode about(String type, String id, String url) {
        ObjectNode notification = new ObjectMapper().createObjectNode();
        notification.put("id", "evt_1").put("object", NotificationReader.OBJECT).put("type", type);
        notification.putObject("related_object").put("id", id).put("url", url);
        return notification;
    }

    @Test
    @DisplayName("C6 a subscription or customer is to be read again")
    void touched() {
        assertThat(NotificationReader.read(
                        about("v1.customer.subscription.updated", "sub_1", "/v1/subscriptions/sub_1")))
                .isEqualTo(new EventContent.SubscriptionTouched("sub_1"));
        assertThat(NotificationReader.read(about("v1.customer.deleted", "cus_1", "/v1/customers/cus_1")))
                .isEqualTo(new EventContent.CustomerTouched("cus_1"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "v1.customer.subscription.trial_will_end, /v1/subscriptions/sub_1",
        "v1.invoice.paid, /v1/invoices/in_1",
        "v1.charge.dispute.created, /v1/disputes/du_1",
        "v1.checkout.session.completed, /v1/checkout/sessions/cs_1"
    })
    @DisplayName("C6 what else is needed is to be asked for")
    void elsewhere(String type, String url) {
        assertThat(NotificationReader.read(about(type, "x_1", url))).isEqualTo(new EventContent.Elsewhere());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"v2.core.account.created", "v2.unheard.of", "v1.invoice.created", "v1.price.updated", "v1."})
    @DisplayName("C6 other types, known or not, say nothing")
    void unknown(String type) {
        assertThat(NotificationReader.read(about(type, "x_1", "/v1/invoices/in_1")))
                .isEqualTo(IRRELEVANT);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "https://elsewhere.example/v1/invoices/in_1",
                "//elsewhere.example/in_1",
                "/v1/invoices/../customers",
                "/v1/invoices/in_1?expand[]=x",
                "/v2/core/accounts/acct_1",
                ""
            })
    @DisplayName("an address that is no path of the v1 API is never called")
    void strangePath(String url) {
        ObjectNode notification = about("v1.invoice.paid", "in_1", url);
        assertThat(NotificationReader.read(notification)).isEqualTo(IRRELEVANT);
        assertThat(NotificationReader.path(notification)).isEmpty();
    }

    @Test
    @DisplayName("without a related object there is nothing to ask for")
    void nothingRelated() {
        ObjectNode notification = about("v1.invoice.upcoming", "x", "/v1/x/x");
        notification.putNull("related_object");
        assertThat(NotificationReader.read(notification)).isEqualTo(IRRELEVANT);
    }
}
