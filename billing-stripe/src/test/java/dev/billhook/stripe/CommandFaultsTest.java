package dev.billhook.stripe;

import static dev.billhook.stripe.testing.OneBuyer.BUYER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.Billing;
import dev.billhook.RequestKey;
import dev.billhook.error.AuthenticationRequiredException;
import dev.billhook.error.PaymentDeclinedException;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderKeyException;
import dev.billhook.error.ProviderUnavailableException;
import dev.billhook.error.RateLimitedException;
import dev.billhook.error.RequestRefusedException;
import dev.billhook.simulator.api.Fault;
import dev.billhook.simulator.api.Faults;
import dev.billhook.stripe.testing.OneBuyer;
import dev.billhook.stripe.testing.ShopCommand;
import dev.billhook.stripe.testing.ShopCommands;
import dev.billhook.stripe.testing.StripeFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command under every fault of the provider. A new command is one more line of {@link ShopCommands}; a new kind of fault one more
 * of {@link #FAULTS}.
 */
@DisplayName("C5 Commands while Stripe fails")
class CommandFaultsTest {
    private static final Map<Fault, Class<? extends ProviderException>> FAULTS = faults();

    private static Map<Fault, Class<? extends ProviderException>> faults() {
        Map<Fault, Class<? extends ProviderException>> faults = new LinkedHashMap<>();
        faults.put(Fault.error(402).withCode("card_declined"), PaymentDeclinedException.class);
        faults.put(Fault.error(402).withCode("authentication_required"), AuthenticationRequiredException.class);
        faults.put(Fault.rateLimit(), RateLimitedException.class);
        faults.put(Fault.lockTimeout(), RateLimitedException.class);
        faults.put(Fault.error(409), RateLimitedException.class);
        faults.put(Fault.error(400), RequestRefusedException.class);
        faults.put(Fault.error(401), ProviderKeyException.class);
        faults.put(Fault.error(403), ProviderKeyException.class);
        faults.put(Fault.error(500), ProviderUnavailableException.class);
        faults.put(Fault.error(503), ProviderUnavailableException.class);
        faults.put(Fault.dropped(), ProviderUnavailableException.class);
        return faults;
    }

    static Stream<ShopCommand> commands() {
        return ShopCommands.all();
    }

    @ParameterizedTest(name = "C5 {0}")
    @MethodSource("commands")
    @DisplayName("C5 what Stripe refuses or never gets is told by its type, and changes nothing here or there")
    void refused(ShopCommand command) {
        try (OneBuyer shop = command.ready()) {
            List<String> mirror = mirror(shop);
            List<String> stripe = StripeFacts.of(shop);

            FAULTS.forEach((fault, type) -> {
                failing(shop, fault, command, RequestKey.random(), type);
                assertThat(mirror(shop)).as("the mirror after %s", fault).isEqualTo(mirror);
                shop.sync();
                assertThat(mirror(shop))
                        .as("the mirror in the end, after %s", fault)
                        .isEqualTo(mirror);
                assertThat(StripeFacts.of(shop)).as("Stripe after %s", fault).isEqualTo(stripe);
                // A change of units whose outcome is not known is made up for by the next one within five minutes.
                shop.advanceTo(shop.simulator().instantSource().instant().plus(Duration.ofMinutes(6)));
            });
        }
    }

    @ParameterizedTest(name = "C5 {0}")
    @MethodSource("commands")
    @DisplayName("C5 what Stripe did although its answer was lost is done once, also when it is asked for again")
    void answerLost(ShopCommand command) {
        List<String> once = new ArrayList<>();
        try (OneBuyer shop = command.ready()) {
            command.run().give(shop.billing(), shop, RequestKey.random());
            shop.sync();
            once.addAll(StripeFacts.of(shop));
        }
        for (Fault fault :
                List.of(Fault.dropped().afterwards(), Fault.error(500).afterwards())) {
            try (OneBuyer shop = command.ready()) {
                List<String> mirror = mirror(shop);
                RequestKey key = RequestKey.random();

                failing(shop, fault, command, key, ProviderUnavailableException.class);
                assertThat(mirror(shop)).as("the mirror after %s", fault).isEqualTo(mirror);

                command.run().give(shop.billing(), shop, key);
                shop.sync();
                assertThat(StripeFacts.of(shop)).as("Stripe after %s", fault).isEqualTo(once);
            }
        }
    }

    @ParameterizedTest(name = "C5 {0}")
    @MethodSource("commands")
    @DisplayName("C5 what Stripe did although its answer was lost reaches the mirror by itself")
    void nobodyRepeats(ShopCommand command) {
        try (OneBuyer shop = command.ready()) {
            failing(
                    shop,
                    Fault.dropped().afterwards(),
                    command,
                    RequestKey.random(),
                    ProviderUnavailableException.class);

            shop.sync();

            assertThat(shop.drifts()).isEmpty();
        }
    }

    /** Writes fail, reading does not. */
    private static void failing(
            OneBuyer shop, Fault fault, ShopCommand command, RequestKey key, Class<? extends ProviderException> type) {
        Faults faults = shop.simulator().faults();
        // What was not done is refused again, however often a command tries by itself.
        int requests = fault.done() ? 1 : 100;
        faults.plan(requests, fault.forMethod("POST"));
        faults.plan(requests, fault.forMethod("DELETE"));
        int planned = planned(faults);
        try (Billing server = shop.impatient()) {
            Throwable thrown = catchThrowable(() -> command.run().give(server, shop, key));
            while (planned(faults) == planned && thrown instanceof ProviderUnavailableException) {
                // A lost connection that was not planned: the fault is still to come.
                thrown = catchThrowable(() -> command.run().give(server, shop, key));
            }
            assertThat(thrown).as("%s under %s", command, fault).isInstanceOf(type);
        }
        faults.clear();
    }

    private static int planned(Faults faults) {
        int left = 0;
        for (JsonNode each : faults.describe().path("data")) {
            left += each.path("requests").intValue();
        }
        return left;
    }

    private static List<String> mirror(OneBuyer shop) {
        List<String> all = new ArrayList<>();
        shop.billing().subscriptions().list(BUYER).forEach(each -> all.add(each.toString()));
        all.add(shop.billing().accounts().get(BUYER).customer().toString());
        return all;
    }
}
