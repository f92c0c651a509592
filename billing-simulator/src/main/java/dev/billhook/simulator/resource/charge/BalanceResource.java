package dev.billhook.simulator.resource.charge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.charge.BalanceLedger;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;
import java.util.Map;

/** {@code /v1/balance} and {@code /v1/balance_transactions}. */
final class BalanceResource {
    private static final String TYPE = "balance_transaction";
    private static final ParamSchema LIST = ParamSchema.ofList("created:range currency source type payout");

    private final ApiKit kit;
    private final BalanceLedger ledger;

    BalanceResource(ApiKit kit, BalanceLedger ledger) {
        this.kit = kit;
        this.ledger = ledger;
        kit.router()
                .get("/v1/balance", ApiKit.NOTHING, this::balance)
                .get("/v1/balance_transactions", LIST, this::list);
        kit.retrieve("/v1/balance_transactions/{id}", TYPE);
    }

    private ObjectNode balance(Call call) {
        ObjectNode balance = Docs.object();
        balance.put("object", "balance");
        balance.set("available", shown(ledger.available()));
        balance.set("connect_reserved", shown(Map.of()));
        balance.put("livemode", kit.world().simulation().settings().livemode());
        balance.set("pending", shown(ledger.pending()));
        return balance;
    }

    private ObjectNode list(Call call) {
        String payout = call.params().text("payout");
        if (payout != null) {
            throw ApiError.noSuch("payout", payout, "payout", false);
        }
        return kit.pager()
                .page(
                        call,
                        TYPE,
                        Pager.lookup(call.params(), "source"),
                        Pager.range(call.params(), "created")
                                .and(Pager.equal(call.params(), "currency"))
                                .and(Pager.equal(call.params(), "type")));
    }

    private static ArrayNode shown(Map<String, Long> amounts) {
        ArrayNode array = Docs.array();
        amounts.forEach((currency, amount) -> {
            ObjectNode entry = array.addObject();
            entry.put("amount", amount);
            entry.put("currency", currency);
            entry.putObject("source_types").put("card", amount);
        });
        return array;
    }
}
