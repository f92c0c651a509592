package dev.billhook.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.kernel.Docs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D10 Only documents of a new shape are recorded")
class ShapesTest {
    private final Shapes shapes = new Shapes();

    @BeforeEach
    void first() {
        assertThat(isNew("{'object':'x','id':'x_1','status':'open','amount':5,'lines':[{'n':1}],'metadata':{'a':'b'}}"))
                .isTrue();
    }

    @Test
    @DisplayName("other identifiers, numbers, lengths and metadata are the same shape")
    void same() {
        assertThat(isNew("{'object':'x','id':'x_2','status':'open','amount':6,'lines':[{'n':3},{'n':4}],"
                        + "'metadata':{'c':'d'}}"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'object':'x','id':'x_1','status':'paid','amount':5,'lines':[{'n':1}],'metadata':{'a':'b'}}",
                "{'object':'x','id':'x_1','status':'open','amount':null,'lines':[{'n':1}],'metadata':{'a':'b'}}",
                "{'object':'x','id':'x_1','status':'open','amount':5,'lines':[],'metadata':{'a':'b'}}",
                "{'object':'x','id':'x_1','status':'open','amount':5,'lines':[{}],'metadata':{'a':'b'}}",
                "{'object':'x','id':'x_1','status':'open','amount':5,'metadata':{'a':'b'}}",
            })
    @DisplayName("another word, a null, an empty list and another set of keys are new, once")
    void different(String document) {
        assertThat(isNew(document)).isTrue();
        assertThat(isNew(document)).isFalse();
    }

    private boolean isNew(String document) {
        return shapes.isNew("GET /v1/x", Docs.shape(document.replace('\'', '"')));
    }
}
