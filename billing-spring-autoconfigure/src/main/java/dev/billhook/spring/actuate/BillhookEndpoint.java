package dev.billhook.spring.actuate;

import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/billhook}: what waits, what failed, and when it was last looked for what was missed. */
@Endpoint(id = "billhook")
public final class BillhookEndpoint {
    private final BillingStateReader reader;

    BillhookEndpoint(BillingStateReader reader) {
        this.reader = reader;
    }

    /** The state now, without personal data. */
    @ReadOperation
    public Map<String, Object> state() {
        return reader.read().describe();
    }
}
