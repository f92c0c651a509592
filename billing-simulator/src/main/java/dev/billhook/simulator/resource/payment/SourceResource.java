package dev.billhook.simulator.resource.payment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.engine.payment.method.Cards;
import dev.billhook.simulator.engine.payment.method.Tokens;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.resource.ApiKit;
import java.util.List;

/** {@code /v1/customers/:id/sources} and {@code /v1/tokens}. */
final class SourceResource {
    private static final String SOURCES = "/v1/customers/{customer}/sources";
    private static final String SOURCE = SOURCES + "/{id}";
    private static final String HOLDER =
            "address_city address_country address_line1 address_line2 address_state address_zip name ";
    private static final ParamSchema CREATE = ParamSchema.of("source! metadata:map validate:bool");
    private static final ParamSchema UPDATE = ParamSchema.of(HOLDER + """
        account_holder_name account_holder_type exp_month:int exp_year:int metadata?:map owner:any\
        """);
    private static final ParamSchema LIST = ParamSchema.ofList("object");
    private static final ParamSchema TOKEN = ParamSchema.of("card:{" + HOLDER + """
        currency cvc exp_month!:int exp_year!:int networks:any number!}
        account:any bank_account:any customer cvc_update:any person:any pii:any\
        """);

    private final ApiKit kit;

    SourceResource(ApiKit kit, Cards cards, Tokens tokens) {
        this.kit = kit;
        kit.router()
                .post(SOURCES, CREATE, call -> add(cards, call))
                .get(SOURCES, LIST, this::list)
                .get(SOURCE, ApiKit.NOTHING, call -> Cards.view(cards.of(call.variable("customer"), call.id())))
                .post(
                        SOURCE,
                        UPDATE,
                        call -> Cards.view(cards.update(call.variable("customer"), call.id(), call.params())))
                .delete(SOURCE, ApiKit.NOTHING, call -> cards.delete(call.variable("customer"), call.id()))
                .post("/v1/tokens", TOKEN, call -> kit.show(tokens.create(call.params())));
        kit.retrieve("/v1/tokens/{id}", Tokens.TYPE);
        kit.expander().onDemand("customer", "sources", this::sources);
        kit.expander().onReference("default_source", this::card);
    }

    private ObjectNode add(Cards cards, Call call) {
        String customer = call.variable("customer");
        kit.world().finder().inUrl("customer", customer);
        return Cards.view(cards.add(customer, call.params().requireText("source"), call.params()));
    }

    private ObjectNode list(Call call) {
        String customer = call.variable("customer");
        kit.world().finder().inUrl("customer", customer);
        String object = call.params().text("object", "card");
        ObjectNode page = kit.pager()
                .page(
                        call,
                        "payment_method",
                        new Lookup("customer", customer),
                        method -> "card".equals(object) && Cards.isCard(method));
        List<ObjectNode> methods = Docs.objects(page, "data");
        page.set(
                "data",
                Docs.array().addAll(methods.stream().<JsonNode>map(Cards::view).toList()));
        return page;
    }

    private ObjectNode sources(ObjectNode customer) {
        String id = Docs.textOf(customer, "id");
        List<ObjectNode> cards = kit.world()
                .store()
                .newestFirst("payment_method", "customer", id)
                .filter(Cards::isCard)
                .map(Cards::view)
                .toList();
        return Docs.list("/v1/customers/" + id + "/sources", cards);
    }

    private ObjectNode card(String id) {
        return Cards.view(kit.world().store().get("payment_method", id));
    }
}
