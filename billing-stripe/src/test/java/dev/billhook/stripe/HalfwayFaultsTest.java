package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.billhook.Billing;
import dev.billhook.RequestKey;
import dev.billhook.error.ProviderException;
import dev.billhook.simulator.api.Fault;
import dev.billhook.stripe.testing.LongCommands;
import dev.billhook.stripe.testing.OneBuyer;
import dev.billhook.stripe.testing.ShopCommand;
import dev.billhook.stripe.testing.ShopCommands;
import dev.billhook.stripe.testing.StripeFacts;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands that fail at each of their writes but the first, which {@link CommandFaultsTest} shows. */
@DisplayName("C5 Commands that fail halfway")
class HalfwayFaultsTest {
    private static final String WRITES = "POST,DELETE";
    private static final List<Fault> FAULTS = List.of(
            Fault.error(400), Fault.error(500), Fault.dropped(), Fault.dropped().afterwards());
    private static final int MOST_WRITES = 12;

    static Stream<ShopCommand> commands() {
        return Stream.concat(ShopCommands.all(), LongCommands.all());
    }

    @ParameterizedTest(name = "C5 {0}")
    @MethodSource("commands")
    @DisplayName("C5 whatever became of one write in the middle: repeated with its key, all is done once")
    void repeated(ShopCommand command) {
        List<String> once = once(command);
        for (Fault fault : FAULTS) {
            int before = 1;
            while (fails(command, fault, before, once)) {
                before++;
                assertThat(before).isLessThan(MOST_WRITES);
            }
        }
    }

    private static List<String> once(ShopCommand command) {
        try (OneBuyer shop = command.ready()) {
            command.run().give(shop.billing(), shop, RequestKey.random());
            shop.sync();
            return facts(shop);
        }
    }

    /** Whether a write came after so many that went well; if so it failed, and the command was repeated. */
    private static boolean fails(ShopCommand command, Fault fault, int before, List<String> once) {
        try (OneBuyer shop = command.ready()) {
            RequestKey key = RequestKey.random();
            // Writes that go well are the ones that are late by nothing.
            shop.simulator().faults().plan(before, Fault.late(Duration.ZERO).forMethod(WRITES));
            shop.simulator().faults().plan(1, fault.forMethod(WRITES));
            try (Billing server = shop.impatient()) {
                Throwable thrown = catchThrowable(() -> command.run().give(server, shop, key));
                if (thrown == null && stillToCome(shop)) {
                    return false;
                }
                if (thrown == null) {
                    // A write the command can do without.
                    return true;
                }
                assertThat(thrown)
                        .as("%s, %s after %s writes", command, fault, before)
                        .isInstanceOf(ProviderException.class);
            }
            shop.simulator().faults().clear();

            Throwable again = catchThrowable(() -> command.run().give(shop.billing(), shop, key));

            assertThat(again)
                    .as("%s, repeated, %s after %s writes", command, fault, before)
                    .isNull();
            shop.sync();
            assertThat(facts(shop))
                    .as("%s, %s after %s writes", command, fault, before)
                    .isEqualTo(once);
            return true;
        }
    }

    /** How often a code was redeemed does not count: one that is taken back, as others were refused it, was redeemed all the same. */
    private static List<String> facts(OneBuyer shop) {
        return StripeFacts.of(shop).stream()
                .filter(fact -> !fact.startsWith("/v1/coupons") && !fact.startsWith("/v1/promotion_codes"))
                .toList();
    }

    private static boolean stillToCome(OneBuyer shop) {
        return !shop.simulator().faults().describe().path("data").isEmpty();
    }
}
