package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterTest extends ShopTest {
    private static final long NOW = START.getEpochSecond();
    private static final long DAY = 86_400;

    private Answer meter(String name, String formula) {
        return api.post(
                "/v1/billing/meters",
                "display_name=Calls",
                "event_name=" + name,
                "default_aggregation[formula]=" + formula);
    }

    private Answer report(String name, String value, String... more) {
        return reportFor(customer, name, value, more);
    }

    private Answer reportFor(String payer, String name, String value, String... more) {
        List<String> params = new ArrayList<>(
                List.of("event_name=" + name, "payload[stripe_customer_id]=" + payer, "payload[value]=" + value));
        params.addAll(List.of(more));
        return api.post("/v1/billing/meter_events", params.toArray(String[]::new));
    }

    private JsonNode used(String meter, long from, long to, String... more) {
        List<String> params = new ArrayList<>(
                List.of("customer=" + customer, "start_time=" + from / 60 * 60, "end_time=" + (to + 59) / 60 * 60));
        params.addAll(List.of(more));
        return api.get("/v1/billing/meters/" + meter + "/event_summaries", params.toArray(String[]::new))
                .body()
                .path("data");
    }

    @Test
    @DisplayName("C8 a meter is made with defaults, renamed, stopped, restarted and listed by status")
    void life() {
        Answer made = meter("calls", "sum");
        assertThat(made.id()).startsWith("mtr_test_");
        assertThat(made.text("/customer_mapping/event_payload_key")).isEqualTo("stripe_customer_id");
        assertThat(made.text("/value_settings/event_payload_key")).isEqualTo("value");
        String url = "/v1/billing/meters/" + made.id();
        assertThat(api.get(url).body()).isEqualTo(made.body());
        simulator.advance(Duration.ofMinutes(1));
        assertThat(api.post(url, "display_name=API calls").text("/display_name"))
                .isEqualTo("API calls");
        Answer stopped = api.post(url + "/deactivate");
        assertThat(stopped.text("/status")).isEqualTo("inactive");
        assertThat(stopped.number("/status_transitions/deactivated_at")).isEqualTo(NOW + 60);
        assertThat(api.post(url + "/deactivate").status()).isEqualTo(400);
        assertThat(api.get("/v1/billing/meters", "status=active").body().path("data"))
                .isEmpty();
        assertThat(api.post(url + "/reactivate").text("/status")).isEqualTo("active");
        assertThat(api.get("/v1/billing/meters", "status=active").text("/data/0/id"))
                .isEqualTo(made.id());
        assertThat(api.eventTypes())
                .containsSubsequence(
                        "billing.meter.created",
                        "billing.meter.updated",
                        "billing.meter.deactivated",
                        "billing.meter.reactivated");
        assertThat(api.events("billing.meter.deactivated").stream()
                        .map(event ->
                                event.at("/data/previous_attributes/status").asText()))
                .containsExactly("active");
    }

    @Test
    @DisplayName("C8 two active meters cannot count events of one name")
    void nameTaken() {
        String first = meter("calls", "sum").id();
        assertThat(meter("calls", "count").text("/error/param")).isEqualTo("event_name");
        api.post("/v1/billing/meters/" + first + "/deactivate");
        assertThat(meter("calls", "count").status()).isEqualTo(200);
        assertThat(api.post("/v1/billing/meters/" + first + "/reactivate").status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("C8 a report is answered as Stripe does, without an id")
    void report() {
        meter("calls", "sum");
        Answer answer = report("calls", "25", "identifier=a-1", "timestamp=" + (NOW - 60));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().has("id")).isFalse();
        assertThat(answer.text("/object")).isEqualTo("billing.meter_event");
        assertThat(answer.text("/identifier")).isEqualTo("a-1");
        assertThat(answer.text("/payload/value")).isEqualTo("25");
        assertThat(answer.number("/timestamp")).isEqualTo(NOW - 60);
        assertThat(report("calls", "1").text("/identifier")).isNotBlank();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"sum, 5.75", "count, 3", "last, 2.5"})
    @DisplayName("C8 reports are summed, counted, or the last one counts, whatever order they come in")
    void aggregation(String formula, String expected) {
        String meter = meter("calls", formula).id();
        report("calls", "2.5", "timestamp=" + (NOW - 10));
        report("calls", "3", "timestamp=" + (NOW - 30));
        report("calls", "0.25", "timestamp=" + (NOW - 20));
        JsonNode summary = used(meter, NOW - 3_600, NOW).path(0);
        assertThat(summary.path("aggregated_value").decimalValue()).isEqualByComparingTo(expected);
        assertThat(summary.path("meter").asText()).isEqualTo(meter);
    }

    @Test
    @DisplayName("C8 a repeated identifier is refused for 24 hours, by message and not by code")
    void identifier() {
        String meter = meter("calls", "sum").id();
        report("calls", "1", "identifier=once");
        Answer again = report("calls", "1", "identifier=once");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body().at("/error/code").isMissingNode()).isTrue();
        assertThat(again.text("/error/message")).isEqualTo("An event already exists with identifier once.");
        simulator.advance(Duration.ofHours(23));
        assertThat(report("calls", "1", "identifier=once").status()).isEqualTo(400);
        simulator.advance(Duration.ofHours(1));
        assertThat(report("calls", "1", "identifier=once").status()).isEqualTo(200);
        assertThat(used(meter, NOW - 60, NOW + 2 * DAY)
                        .at("/0/aggregated_value")
                        .asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} s: {1}")
    @CsvSource({"-3024000, ''", "-3024001, timestamp_too_far_in_past", "300, ''", "301, timestamp_in_future"})
    @DisplayName("C8 reports are taken from 35 days ago to 5 minutes ahead")
    void window(long offset, String code) {
        meter("calls", "sum");
        assertThat(report("calls", "1", "timestamp=" + (NOW + offset)).text("/error/code"))
                .isEqualTo(code);
    }

    @Test
    @DisplayName("C8 a report that cannot be counted is refused with Stripe's reason")
    void refused() {
        String meter = meter("calls", "sum").id();
        assertThat(report("calls", "many").text("/error/code")).isEqualTo("meter_event_invalid_value");
        assertThat(report("calls", "0.1234567890123").text("/error/code"))
                .isEqualTo("meter_event_value_too_many_digits");
        assertThat(report("other", "1").text("/error/code")).isEqualTo("no_meter");
        assertThat(api.post("/v1/billing/meter_events", "event_name=calls", "payload[value]=1")
                        .text("/error/code"))
                .isEqualTo("meter_event_no_customer_defined");
        assertThat(reportFor("cus_unknown", "calls", "1").text("/error/code"))
                .isEqualTo("meter_event_customer_not_found");
        api.post("/v1/billing/meters/" + meter + "/deactivate");
        assertThat(reportFor("cus_unknown", "calls", "1").text("/error/code")).isEqualTo("archived_meter");
        assertThat(api.post("/v1/billing/meter_events", "event_name=calls", "payload[value]=1", "colour=red")
                        .text("/error/code"))
                .isEqualTo("parameter_unknown");
        assertThat(api.post("/v1/billing/meter_events", "event_name=calls").text("/error/code"))
                .isEqualTo("parameter_missing");
    }

    @Test
    @DisplayName("C8 a report is taken back within 24 hours, once")
    void adjustment() {
        String meter = meter("calls", "sum").id();
        report("calls", "5", "identifier=wrong");
        report("calls", "2", "identifier=right");
        String[] cancel = {"event_name=calls", "type=cancel", "cancel[identifier]=wrong"};
        Answer done = api.post("/v1/billing/meter_event_adjustments", cancel);
        assertThat(done.text("/status")).isEqualTo("complete");
        assertThat(used(meter, NOW - 60, NOW + 60).at("/0/aggregated_value").asInt())
                .isEqualTo(2);
        assertThat(api.post("/v1/billing/meter_event_adjustments", cancel).status())
                .isEqualTo(400);
        simulator.advance(Duration.ofDays(1));
        assertThat(api.post(
                                "/v1/billing/meter_event_adjustments",
                                "event_name=calls",
                                "type=cancel",
                                "cancel[identifier]=right")
                        .text("/error/code"))
                .isEqualTo("resource_missing");
    }

    @Test
    @DisplayName("C8 summaries come for the whole time, by hour or by day, with aligned bounds")
    void summaries() {
        String meter = meter("calls", "sum").id();
        long midnight = NOW / DAY * DAY;
        report("calls", "1", "timestamp=" + (midnight - 1));
        report("calls", "2", "timestamp=" + midnight);
        report("calls", "4", "timestamp=" + (midnight + 3_600));
        JsonNode days = used(meter, midnight - DAY, midnight + DAY, "value_grouping_window=day");
        assertThat(days.findValuesAsText("aggregated_value")).containsExactly("6", "1");
        JsonNode hours = used(meter, midnight, midnight + DAY, "value_grouping_window=hour");
        assertThat(hours.findValuesAsText("start_time")).containsExactly("" + (midnight + 3_600), "" + midnight);
        assertThat(api.get(
                                "/v1/billing/meters/" + meter + "/event_summaries",
                                "customer=" + customer,
                                "start_time=1",
                                "end_time=120")
                        .text("/error/param"))
                .isEqualTo("start_time");
    }
}
