package dev.billhook.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.Router;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.seed.AccountSeed;
import dev.billhook.simulator.seed.AccountState;
import dev.billhook.simulator.seed.SeededAccount;
import java.util.Arrays;

/** The part of the control API that makes accounts: {@code POST /_sim/seed}. */
final class SeedControl {
    private static final String STATES = String.join(
            "|", Arrays.stream(AccountState.values()).map(AccountState::word).toList());
    private static final ParamSchema SEED = ParamSchema.of("state!:" + STATES
            + " count:int price units:int add_ons:[{price! units:int}] trial_days:int usage:int email");
    private static final int MOST = 1_000;

    private final StripeSimulator simulator;

    private SeedControl(StripeSimulator simulator) {
        this.simulator = simulator;
    }

    static void add(Router router, StripeSimulator simulator) {
        router.post("/_sim/seed", SEED, new SeedControl(simulator)::seed);
    }

    private ObjectNode seed(Call call) {
        Params params = call.params();
        long count = params.number("count", 1);
        if (count < 1 || count > MOST) {
            throw ApiError.invalid("parameter_invalid_integer", "count", "Give 1 to " + MOST + ".");
        }
        AccountSeed seed = read(params);
        ObjectNode answer = Docs.object();
        ArrayNode made = answer.putArray("data");
        simulator.seed().make(seed, (int) count).forEach(account -> made.add(shown(account)));
        return answer;
    }

    private static AccountSeed read(Params params) {
        AccountSeed usual = AccountSeed.of(AccountState.of(params.requireText("state")));
        try {
            return new AccountSeed(
                    usual.state(),
                    params.text("price"),
                    params.number("units", usual.units()),
                    params.groups("add_ons").stream()
                            .map(addOn -> new AccountSeed.AddOn(addOn.requireText("price"), addOn.number("units", 1)))
                            .toList(),
                    (int) Math.min(Integer.MAX_VALUE, params.number("trial_days", usual.trialDays())),
                    params.number("usage", usual.usage()),
                    params.text("email"));
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid("parameter_invalid_integer", null, String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode shown(SeededAccount account) {
        ObjectNode shown = Docs.object();
        shown.put("state", account.state().word());
        shown.put("customer", account.customer());
        shown.put("subscription", account.subscription());
        shown.put("product", account.product());
        shown.put("price", account.price());
        shown.put("invoice", account.invoice());
        shown.put("session", account.session());
        shown.put("test_clock", account.testClock());
        return shown;
    }
}
