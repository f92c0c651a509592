package dev.billhook.simulator.resource.tax;

import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.tax.TaxRates;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/tax_rates}. */
final class TaxRateResource {
    private static final String TYPE = "tax_rate";
    private static final String KINDS = """
        tax_type:amusement_tax|communications_tax|gst|hst|igst|jct|lease_tax|mass_transit_parking_tax|parking_tax|pst|\
        qst|retail_delivery_fee|rst|sales_tax|service_tax|vat\
        """;
    private static final ParamSchema CREATE = ParamSchema.of("""
        display_name! inclusive!:bool percentage!:dec active:bool country description jurisdiction metadata:map state
        """ + KINDS);
    private static final ParamSchema UPDATE = ParamSchema.of("""
        display_name active:bool country description jurisdiction metadata?:map state
        """ + KINDS);
    private static final ParamSchema LIST = ParamSchema.ofList("active:bool created:range inclusive:bool");

    TaxRateResource(ApiKit kit, TaxRates rates) {
        kit.router()
                .post("/v1/tax_rates", CREATE, call -> kit.show(rates.create(call.params())))
                .post("/v1/tax_rates/{id}", UPDATE, call -> kit.show(rates.update(call.id(), call.params())))
                .get(
                        "/v1/tax_rates",
                        LIST,
                        call -> kit.pager()
                                .page(
                                        call,
                                        TYPE,
                                        Pager.range(call.params(), "created")
                                                .and(Pager.equal(call.params(), "active"))
                                                .and(Pager.equal(call.params(), "inclusive"))));
        kit.retrieve("/v1/tax_rates/{id}", TYPE);
    }
}
