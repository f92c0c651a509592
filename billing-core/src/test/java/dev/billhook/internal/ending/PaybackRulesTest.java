package dev.billhook.internal.ending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.internal.ending.PaybackRules.Left;
import dev.billhook.internal.ending.PaybackRules.Part;
import dev.billhook.subscription.Cancellation.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C16 What is given back is divided among the invoices of the running period")
class PaybackRulesTest {
    @ParameterizedTest
    @CsvSource({
        // to give back, of an invoice: to pay, by card, by credit | need not be paid, to the card, to the balance
        "2000,   0, 3000,    0,    0, 2000,    0",
        "2000,   0, 1500, 1500,    0, 1500,  500",
        "2000,   0,    0, 3000,    0,    0, 2000",
        "2000, 500, 2500,    0,  500, 1500,    0",
        "2000, 3000,   0,    0, 2000,    0,    0",
        "2000,   0,  100,  200,    0,  100,  200",
    })
    @DisplayName(
            "C16 what is to be paid is lowered first, the card's money goes to the card, the balance's to the balance")
    void refund(long amount, long toPay, long byMoney, long byCredit, long lowered, long refunded, long credited) {
        List<Part> parts =
                PaybackRules.divide(amount, List.of(new Left("in_1", toPay, byMoney, byCredit)), Settlement.REFUND);

        assertThat(parts).containsExactly(new Part("in_1", lowered, refunded, credited));
    }

    @Test
    @DisplayName("C16 as credit all that was paid goes to the balance")
    void credit() {
        assertThat(PaybackRules.divide(2000, List.of(new Left("in_1", 300, 1000, 2000)), Settlement.CREDIT))
                .containsExactly(new Part("in_1", 300, 0, 1700));
    }

    @Test
    @DisplayName("C16 the newest invoice first; one that has nothing to give back is left alone")
    void several() {
        List<Left> invoices = List.of(
                new Left("in_3", 0, 1000, 0),
                new Left("in_2", 0, 0, 0),
                new Left("in_1", 0, 5000, 0),
                new Left("in_0", 0, 5000, 0));

        assertThat(PaybackRules.divide(2500, invoices, Settlement.REFUND))
                .containsExactly(new Part("in_3", 0, 1000, 0), new Part("in_1", 0, 1500, 0));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 2027, 65_537})
    @DisplayName("C16 never more than asked for, never more than was paid, and as much as both allow")
    void bounds(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Left> invoices = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                invoices.add(new Left("in_" + i, random.nextInt(100), random.nextInt(100), random.nextInt(100)));
            }
            long amount = random.nextInt(800);
            Settlement settlement = random.nextBoolean() ? Settlement.REFUND : Settlement.CREDIT;

            List<Part> parts = PaybackRules.divide(amount, invoices, settlement);

            long most = invoices.stream()
                    .mapToLong(left -> left.toPay() + left.byMoney() + left.byCredit())
                    .sum();
            assertThat(parts.stream().mapToLong(Part::amount).sum())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(Math.min(amount, most));
            assertThat(parts).allSatisfy(part -> {
                Left left = invoices.stream()
                        .filter(each -> each.invoiceId().equals(part.invoiceId()))
                        .findFirst()
                        .orElseThrow();
                assertThat(part.lowered()).isBetween(0L, left.toPay());
                assertThat(part.refunded()).isBetween(0L, settlement == Settlement.REFUND ? left.byMoney() : 0L);
                assertThat(part.credited()).isBetween(0L, left.byMoney() + left.byCredit());
            });
        }
    }
}
