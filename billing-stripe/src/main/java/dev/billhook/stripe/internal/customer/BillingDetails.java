package dev.billhook.stripe.internal.customer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.BillingDetail;
import dev.billhook.stripe.internal.read.Json;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which details a customer's document tells. Takes none of them over. */
final class BillingDetails {
    private static final Map<BillingDetail, String> OWN = Map.of(
            BillingDetail.NAME, "name",
            BillingDetail.EMAIL, "email",
            BillingDetail.PHONE, "phone");
    private static final Map<BillingDetail, String> OF_ADDRESS = Map.of(
            BillingDetail.COUNTRY, "country",
            BillingDetail.POSTAL_CODE, "postal_code",
            BillingDetail.CITY, "city",
            BillingDetail.STREET, "line1");

    private BillingDetails() {}

    static Set<BillingDetail> told(JsonNode customer) {
        Set<BillingDetail> told = EnumSet.noneOf(BillingDetail.class);
        collect(customer, OWN, told);
        collect(customer.path("address"), OF_ADDRESS, told);
        return told;
    }

    private static void collect(JsonNode object, Map<BillingDetail, String> fields, Set<BillingDetail> told) {
        fields.forEach((detail, field) -> {
            String value = Json.text(object, field);
            if (value != null && !value.isBlank()) {
                told.add(detail);
            }
        });
    }
}
