package dev.billhook.torture.life;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.StripeSimulator;
import java.util.List;
import java.util.stream.StreamSupport;

/** What happens to cards, invoices and payments. */
final class MoneyDeeds {
    private static final String NEWEST = "limit=1";

    private final StripeSimulator simulator;
    private final SimulatorApi api;
    private final Dice dice;

    MoneyDeeds(StripeSimulator simulator, SimulatorApi api, Dice dice) {
        this.simulator = simulator;
        this.api = api;
        this.dice = dice;
    }

    /** Money goes back because the host wants it, or because the cardholder's bank does. */
    void back(String customer) {
        JsonNode charge = newest("/v1/charges", "customer=" + customer);
        if (!charge.path("paid").asBoolean() || charge.path("refunded").asBoolean()) {
            return;
        }
        String id = charge.path("id").asText();
        boolean disputed = charge.path("disputed").asBoolean();
        if (disputed) {
            JsonNode dispute = newest("/v1/disputes", "charge=" + id);
            if (List.of("needs_response", "under_review")
                    .contains(dispute.path("status").asText())) {
                simulator.decideDispute(dispute.path("id").asText(), dice.percent(50));
            }
        } else if (dice.percent(25)) {
            simulator.dispute(id);
        } else if (dice.percent(50)) {
            api.post("/v1/refunds", "charge=" + id);
        } else {
            api.post("/v1/refunds", "charge=" + id, "amount=" + dice.between(1, 300));
        }
    }

    /** An open invoice is paid, by card or otherwise, or given up. */
    void invoice(String customer) {
        JsonNode invoice = newest("/v1/invoices", "customer=" + customer, "status=open");
        String path = "/v1/invoices/" + invoice.path("id").asText();
        if (invoice.isObject()) {
            switch (dice.between(0, 3)) {
                case 0 -> api.post(path + "/pay", "paid_out_of_band=true");
                case 1 -> api.post(path + "/void");
                case 2 -> api.post(path + "/mark_uncollectible");
                default -> api.post(path + "/pay");
            }
        }
    }

    /** A card is renewed by its bank or taken away. */
    void card(String customer) {
        JsonNode cards =
                api.get("/v1/payment_methods", "customer=" + customer).body().path("data");
        List<String> ids = StreamSupport.stream(cards.spliterator(), false)
                .map(card -> card.path("id").asText())
                .toList();
        if (ids.isEmpty()) {
            return;
        }
        String path = "/v1/payment_methods/" + dice.one(ids);
        if (dice.percent(60)) {
            api.post(path, "card[exp_month]=" + dice.between(1, 12), "card[exp_year]=" + dice.between(2029, 2039));
        } else {
            api.post(path + "/detach");
        }
    }

    private JsonNode newest(String list, String... params) {
        String[] all = List.of(params).toArray(new String[params.length + 1]);
        all[params.length] = NEWEST;
        return api.read(list, all).at("/data/0");
    }
}
