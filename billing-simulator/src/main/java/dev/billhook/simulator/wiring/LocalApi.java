package dev.billhook.simulator.wiring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.checkout.completion.CheckoutResult;
import dev.billhook.simulator.engine.checkout.completion.PaymentDetails;
import dev.billhook.simulator.engine.invoice.DunningPolicy;
import dev.billhook.simulator.engine.payment.method.CardInput;
import dev.billhook.simulator.http.FormDecoder;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.seed.SeedApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The API from within: the same routes and checks, but neither key nor request log, and no faults. */
public final class LocalApi implements SeedApi {
    private static final CardInput VISA =
            new CardInput("4242 4242 4242 4242", 12, 2060, "123", "Seeded", null, "US", "10001");

    private final Assembly assembly;

    public LocalApi(Assembly assembly) {
        this.assembly = assembly;
    }

    @Override
    public long now() {
        return assembly.simulation().now(null);
    }

    @Override
    public ObjectNode get(String path, List<String> params) {
        return answer("GET", path, params);
    }

    @Override
    public ObjectNode post(String path, List<String> params) {
        return answer("POST", path, params);
    }

    @Override
    public ObjectNode delete(String path) {
        return answer("DELETE", path, List.of());
    }

    @Override
    public void pay(String session) {
        CheckoutResult result = assembly.simulation()
                .atomically(
                        RequestInfo.NONE,
                        () -> assembly.context()
                                .checkout()
                                .complete(session, new PaymentDetails(null, VISA, Map.of())));
        if (result instanceof CheckoutResult.Declined declined) {
            throw declined.error();
        }
    }

    @Override
    public void givingUpAtOnce(Runnable work) {
        DunningPolicy usual = assembly.dunning();
        assembly.dunning(new DunningPolicy(List.of(), DunningPolicy.FinalAction.UNPAID));
        try {
            work.run();
        } finally {
            assembly.dunning(usual);
        }
    }

    @Override
    public <T> T together(Supplier<T> work) {
        return assembly.simulation().exclusively(work);
    }

    private ObjectNode answer(String method, String path, List<String> params) {
        String form = String.join("&", params.stream().map(LocalApi::escaped).toList());
        return assembly.simulation()
                .atomically(RequestInfo.NONE, () -> assembly.router().answer(method, path, FormDecoder.decode(form)));
    }

    private static String escaped(String param) {
        int equals = param.indexOf('=');
        return param.substring(0, equals + 1) + URLEncoder.encode(param.substring(equals + 1), StandardCharsets.UTF_8);
    }
}
