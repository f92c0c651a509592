package dev.billhook.internal.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.money.Money;
import dev.billhook.spi.provider.invoice.CreditGateway.Payment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("C13 Which payments a refund is taken from")
class RefundSharesTest {
    @ParameterizedTest(name = "{0} of payments with {1} left: {2}")
    @CsvSource({
        // amount, left of each payment with the latest first, shares as payment:amount
        "10, 10, 0:10",
        "4, 10, 0:4",
        "4, 10 10, 0:4",
        "10, 4 10, 1:10",
        "10, 4 8, 0:4 1:6",
        "12, 4 8, 0:4 1:8",
        "9, 0 5 0 5, 1:5 3:4",
    })
    @DisplayName("C13 the latest that has as much left; else each what it has, the latest first")
    void shares(long amount, String left, String expected) {
        List<Long> lefts = Arrays.stream(left.split(" ")).map(Long::valueOf).toList();
        List<Payment> payments = IntStream.range(0, lefts.size())
                .mapToObj(i -> new Payment(Integer.toString(i), usd(lefts.get(i) + 3), usd(3)))
                .toList();

        assertThat(RefundShares.divide(usd(amount), payments).stream()
                        .map(share -> share.paymentId() + ":" + share.amount().minorUnits())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    private static Money usd(long cents) {
        return Money.of(cents, "usd");
    }
}
