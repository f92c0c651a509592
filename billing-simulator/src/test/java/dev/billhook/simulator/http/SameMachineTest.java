package dev.billhook.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Requests of sites elsewhere")
final class SameMachineTest {
    @ParameterizedTest(name = "{0} to {1} from {2}, {3}: {4}")
    @CsvSource({
        "POST, 127.0.0.1:12111, , , true",
        "POST, billing.internal, , , true",
        "POST, 127.0.0.1:12111, http://127.0.0.1:12111, same-origin, true",
        "POST, localhost:12111, http://localhost:3000, cross-site, true",
        "POST, '[::1]:12111', 'http://[::1]:12111', , true",
        "POST, 127.0.0.1:12111, null, same-origin, true",
        "POST, 127.0.0.1:12111, , none, true",
        "POST, 127.0.0.1:12111, https://evil.example, cross-site, false",
        "DELETE, 127.0.0.1:12111, https://evil.example, , false",
        "POST, 127.0.0.1:12111, null, cross-site, false",
        "POST, 127.0.0.1:12111, null, , false",
        "POST, 127.0.0.1:12111, not an address, , false",
        "POST, evil.example:12111, http://evil.example:12111, same-origin, false",
        "GET, 127.0.0.1:12111, https://evil.example, cross-site, true"
    })
    @DisplayName("change nothing; those of this machine and of no browser do")
    void areTold(String method, String host, @Nullable String origin, @Nullable String site, boolean allowed) {
        Map<String, String> headers = new HashMap<>(Map.of("host", host));
        if (origin != null) {
            headers.put("origin", origin);
        }
        if (site != null) {
            headers.put("sec-fetch-site", site);
        }
        assertThat(SameMachine.allows(new WireRequest(method, "/dashboard/clock", "", headers, new byte[0])))
                .isEqualTo(allowed);
    }
}
