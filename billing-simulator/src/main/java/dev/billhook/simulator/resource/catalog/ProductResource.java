package dev.billhook.simulator.resource.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.catalog.Products;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;
import java.util.List;
import java.util.function.Predicate;

/** {@code /v1/products}. */
final class ProductResource {
    private static final String COMMON = """
        active:bool marketing_features?:[{name!}] metadata?:map shippable:bool statement_descriptor url?
        package_dimensions?:{height!:num length!:num weight!:num width!:num}
        """;
    static final String PRODUCT_DATA = "name! active:bool id metadata?:map statement_descriptor tax_code unit_label ";
    private static final ParamSchema CREATE = ParamSchema.of(COMMON + """
        name! id description images:[str] tax_code type:good|service unit_label
        default_price_data:{currency! currency_options:<{unit_amount:int unit_amount_decimal:dec tax_behavior
          tiers:[{flat_amount:int flat_amount_decimal:dec unit_amount:int unit_amount_decimal:dec up_to!:int|inf}]
          custom_unit_amount:any}> custom_unit_amount:{enabled!:bool maximum:int minimum:int preset:int}
          metadata:map recurring:{interval!:day|week|month|year interval_count:int} tax_behavior unit_amount:int
          unit_amount_decimal:dec}\
        """);
    private static final ParamSchema UPDATE =
            ParamSchema.of(COMMON + "name default_price description? images?:[str] tax_code? unit_label?");
    private static final ParamSchema LIST =
            ParamSchema.ofList("active:bool created:range ids:[str] shippable:bool type url");

    private final ApiKit kit;

    ProductResource(ApiKit kit, Products products) {
        this.kit = kit;
        kit.router()
                .post("/v1/products", CREATE, call -> kit.show(products.create(call.params())))
                .post("/v1/products/{id}", UPDATE, call -> kit.show(products.update(call.id(), call.params())))
                .delete("/v1/products/{id}", ApiKit.NOTHING, call -> products.delete(call.id()))
                .get("/v1/products", LIST, this::list);
        kit.retrieve("/v1/products/{id}", "product");
        kit.search("/v1/products/search", "product");
    }

    private ObjectNode list(Call call) {
        List<String> ids = call.params().texts("ids");
        Predicate<ObjectNode> filter = Pager.equal(call.params(), "active")
                .and(Pager.equal(call.params(), "url"))
                .and(Pager.equal(call.params(), "shippable"))
                .and(Pager.range(call.params(), "created"))
                .and(doc -> ids.isEmpty() || ids.contains(Docs.textOf(doc, "id")));
        return kit.pager().page(call, "product", filter);
    }
}
