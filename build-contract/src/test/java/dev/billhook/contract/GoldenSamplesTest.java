package dev.billhook.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D10 Recordings are held against Stripe's samples")
class GoldenSamplesTest {
    private static final String SAMPLES = "{'resources':{"
            + "'coupon':{'id':'c','object':'coupon','valid':true,'metadata':{'a':'b'},'limits':{'first':1,'second':2}},"
            + "'deleted_coupon':{'id':'c','object':'coupon','deleted':true}}}";

    @Test
    @DisplayName("an object with every key of its sample passes, whatever its metadata, wherever it stands")
    void passes() throws IOException {
        GoldenSamples samples = compare("{'kind':'answer','route':'GET /v1/x','body':{'data':["
                + "{'id':'c','object':'coupon','valid':false,'metadata':{},'limits':null,'more':1},"
                + "{'id':'c','object':'coupon','deleted':true}]}}");

        assertThat(samples.violations()).isEmpty();
        assertThat(samples.compared()).containsExactly("coupon", "deleted_coupon");
    }

    @Test
    @DisplayName("each key of the sample that is missing, also in what it holds, is a violation")
    void fails() throws IOException {
        GoldenSamples samples = compare("{'kind':'event','body':{'object':'event','data':{"
                + "'object':{'object':'coupon','id':'c','metadata':{},'limits':{'first':1}},"
                + "'previous_attributes':{'object':'coupon'}}}}");

        assertThat(samples.violations())
                .extracting(Violation::key)
                .containsExactly("coupon.valid", "coupon.limits.second");
        assertThat(samples.violations()).extracting(Violation::what).containsOnly("webhook");
    }

    private static GoldenSamples compare(String recorded) throws IOException {
        GoldenSamples samples = GoldenSamples.of(json(SAMPLES));
        samples.compare("some-module", json(recorded));
        return samples;
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
