package dev.billhook.simulator.junit;

import dev.billhook.simulator.SimulatorBuilder;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.simulator.event.Chaos;
import dev.billhook.simulator.event.RetryPolicy;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link StripeSimulator} as a parameter: one is started for a test class and those nested in it on first use,
 * forgets objects and endpoints after each test, and is closed with the class. Works with JUnit Jupiter 5 and 6. Use it by
 * {@link SimulatorTest}, or as a static field with {@code @RegisterExtension} to start the simulator otherwise.
 */
public final class SimulatorExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(SimulatorExtension.class);
    private static final String KEY = "simulator";

    private final UnaryOperator<SimulatorBuilder> setUp;

    /** Starts simulators as {@link SimulatorTest} says, or else with the defaults. */
    public SimulatorExtension() {
        this(UnaryOperator.identity());
    }

    /** Starts simulators with further settings. */
    public SimulatorExtension(UnaryOperator<SimulatorBuilder> setUp) {
        this.setUp = setUp;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == StripeSimulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext outermost = outermost(context);
        // What JUnit 5 calls getOrComputeIfAbsent and JUnit 6 computeIfAbsent, made of what both have.
        synchronized (SimulatorExtension.class) {
            StripeSimulator running = running(outermost);
            if (running == null) {
                running = start(outermost.getRequiredTestClass());
                outermost.getStore(NAMESPACE).put(KEY, running);
            }
            return running;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        StripeSimulator running = running(outermost(context));
        if (running != null) {
            running.forgetWebhooks();
            running.reset();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        StripeSimulator running = running(context);
        if (running != null && outermost(context).equals(context)) {
            context.getStore(NAMESPACE).remove(KEY);
            running.close();
        }
    }

    private StripeSimulator start(Class<?> testClass) {
        SimulatorBuilder builder = StripeSimulator.builder();
        SimulatorTest options = testClass.getAnnotation(SimulatorTest.class);
        if (options != null) {
            apply(options, builder);
        }
        return setUp.apply(builder).start();
    }

    private static void apply(SimulatorTest options, SimulatorBuilder builder) {
        if (!options.startAt().isEmpty()) {
            builder.startAt(Instant.parse(options.startAt()));
        }
        if (options.seed() != 0) {
            builder.seed(options.seed());
        }
        if (!options.chaos().isEmpty()) {
            builder.chaos(Chaos.parse(options.chaos()));
        }
        if (options.simulatedRetries()) {
            builder.retryPolicy(RetryPolicy.simulated());
        }
    }

    private static @Nullable StripeSimulator running(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(KEY, StripeSimulator.class);
    }

    /** The context of the test class that is nested in no other. */
    private static ExtensionContext outermost(ExtensionContext context) {
        ExtensionContext found = context;
        while (found.getParent().flatMap(ExtensionContext::getTestClass).isPresent()) {
            found = found.getParent().orElseThrow();
        }
        return found;
    }
}
