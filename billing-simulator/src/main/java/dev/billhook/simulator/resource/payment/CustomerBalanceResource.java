package dev.billhook.simulator.resource.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.payment.CustomerBalance;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/customers/{id}/balance_transactions}. */
final class CustomerBalanceResource {
    private static final String ALL = "/v1/customers/{id}/balance_transactions";
    private static final String ONE = ALL + "/{transaction}";
    private static final ParamSchema CREATE = ParamSchema.of("amount!:int currency! description? metadata?:map");
    private static final ParamSchema UPDATE = ParamSchema.of("description? metadata?:map");
    private static final ParamSchema LIST = ParamSchema.ofList("created:range invoice");

    private final ApiKit kit;
    private final CustomerBalance balance;

    CustomerBalanceResource(ApiKit kit, CustomerBalance balance) {
        this.kit = kit;
        this.balance = balance;
        kit.router()
                .post(ALL, CREATE, this::create)
                .post(ONE, UPDATE, call -> kit.show(balance.update(call.id(), transaction(call), call.params())))
                .get(ONE, ApiKit.NOTHING, call -> kit.show(balance.find(call.id(), transaction(call))))
                .get(ALL, LIST, this::list);
        kit.expander().onDemand("customer", "invoice_credit_balance", CustomerBalanceResource::byCurrency);
    }

    private ObjectNode create(Call call) {
        String currency = Prices.currency(call.params().requireText("currency"), "currency");
        return kit.show(balance.adjust(call.id(), currency, call.params()));
    }

    private ObjectNode list(Call call) {
        kit.world().finder().inUrl("customer", call.id());
        return kit.pager()
                .page(
                        call,
                        CustomerBalance.TYPE,
                        new Lookup("customer", call.id()),
                        Pager.range(call.params(), "created").and(Pager.equal(call.params(), "invoice")));
    }

    private static String transaction(Call call) {
        return call.variable("transaction");
    }

    /** Counted the other way round: what is owed to the customer is above zero. */
    private static ObjectNode byCurrency(ObjectNode customer) {
        ObjectNode balances = Docs.object();
        String currency = Docs.text(customer, "currency");
        if (currency != null) {
            balances.put(currency, -Docs.numberOf(customer, "balance"));
        }
        return balances;
    }
}
