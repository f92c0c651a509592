package dev.billhook.simulator.junit;

import dev.billhook.simulator.StripeSimulator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link StripeSimulator} as a parameter: one is started for a test class on first use, forgets everything after
 * each test, and is closed with the class. Use it with {@code @ExtendWith(SimulatorExtension.class)}.
 */
public final class SimulatorExtension implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(SimulatorExtension.class);

    /** Holds the simulator so that JUnit closes it with the class. */
    private record Running(StripeSimulator simulator) implements AutoCloseable {
        @Override
        public void close() {
            simulator.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == StripeSimulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return store(context)
                .computeIfAbsent(Running.class, any -> new Running(StripeSimulator.start()), Running.class)
                .simulator();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Running running = store(context).get(Running.class, Running.class);
        if (running != null) {
            running.simulator().forgetWebhooks();
            running.simulator().reset();
        }
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        ExtensionContext holder = context.getParent()
                .filter(parent -> parent.getTestClass().isPresent())
                .orElse(context);
        return holder.getStore(NAMESPACE);
    }
}
