package dev.billhook.testing;

import dev.billhook.spi.provider.EstimateGateway;
import dev.billhook.spi.provider.invoice.InvoiceGateway;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gateways of a provider where nobody owes anything; whatever else is asked of them fails. */
final class NothingToPay {
    private NothingToPay() {}

    static EstimateGateway estimates() {
        return answering(EstimateGateway.class, Map.of("next", Optional.empty()));
    }

    static InvoiceGateway invoices() {
        return answering(InvoiceGateway.class, Map.of("list", new InvoiceGateway.Part(List.of(), false)));
    }

    private static <T> T answering(Class<T> gateway, Map<String, Object> answers) {
        return gateway.cast(Proxy.newProxyInstance(
                gateway.getClassLoader(), new Class<?>[] {gateway}, (self, method, args) -> {
                    if (answers.containsKey(method.getName())) {
                        return answers.get(method.getName());
                    }
                    throw new AssertionError(gateway.getSimpleName() + "." + method.getName() + " is not called here");
                }));
    }
}
