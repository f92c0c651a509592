package dev.billhook.simulator.page.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.engine.payment.method.CardInput;
import dev.billhook.simulator.http.PageRequest;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Card form")
final class CardFormTest {
    private static final long NOW = Instant.parse("2027-02-15T00:00:00Z").getEpochSecond();

    @ParameterizedTest
    @ValueSource(strings = {"02/27", "2/27", "02 / 2027", "0227", "02-27"})
    @DisplayName("takes an expiry as people write it, up to the end of its month")
    void readsExpiry(String typed) {
        CardInput card = read("4242 4242-4242 4242", typed, "123").card();

        assertThat(card).isNotNull();
        assertThat(card.number()).isEqualTo("4242424242424242");
        assertThat(card.expMonth()).isEqualTo(2);
        assertThat(card.expYear()).isEqualTo(2027);
    }

    @ParameterizedTest
    @CsvSource({
        "01/27, in the past",
        "13/30, month and year",
        "00/30, month and year",
        "soon, month and year",
        "12/2099, too far ahead",
        "'', Enter the expiry"
    })
    @DisplayName("refuses an expiry that is not in the future of simulated time")
    void refusesExpiry(String typed, String message) {
        CardForm.Reading reading = read("4242424242424242", typed, "123");

        assertThat(reading.card()).isNull();
        assertThat(reading.form().error("card_expiry")).contains(message);
    }

    @ParameterizedTest
    @CsvSource({"4242424242424241, not valid", "42, 12 to 19 digits", "abcd, 12 to 19 digits", "'', Enter a card number"
    })
    @DisplayName("refuses numbers that cannot be a card's")
    void refusesNumber(String typed, String message) {
        assertThat(read(typed, "12/34", "123").form().error("card_number")).contains(message);
    }

    @Test
    @DisplayName("asks for four digits of security code on American Express cards, three on others")
    void countsSecurityCode() {
        assertThat(read("378282246310005", "12/34", "1234").card()).isNotNull();
        assertThat(read("378282246310005", "12/34", "123").form().error("card_cvc"))
                .contains("4 digits");
        assertThat(read("4242424242424242", "12/34", "1234").form().error("card_cvc"))
                .contains("3 digits");
    }

    private static CardForm.Reading read(String number, String expiry, String cvc) {
        Map<String, String> fields =
                Map.of("card_number", number, "card_expiry", expiry, "card_cvc", cvc, "card_name", "Jo");
        return CardForm.read(new PageRequest("POST", "/pay/x", Map.of(), fields, Map.of()), null, NOW);
    }
}
