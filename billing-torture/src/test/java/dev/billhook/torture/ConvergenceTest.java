package dev.billhook.torture;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("C5, C6 a host that is killed while deliveries go wrong")
class ConvergenceTest {
    static List<Scenario> scenarios() {
        return Scenario.convergence();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    @DisplayName("ends with the mirror equal to Stripe and every event told once")
    void converges(Scenario scenario) throws Exception {
        new Torture(scenario).run();
    }
}
