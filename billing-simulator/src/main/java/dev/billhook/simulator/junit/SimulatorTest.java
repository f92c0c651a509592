package dev.billhook.simulator.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class whose tests take a {@link dev.billhook.simulator.StripeSimulator} as a parameter.
 *
 * <pre>{@code
 * @SimulatorTest(startAt = "2027-01-31T10:00:00Z")
 * class BillingTest {
 *     @Test
 *     void renews(StripeSimulator stripe) { … }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(SimulatorExtension.class)
public @interface SimulatorTest {
    /** The simulated instant each test begins at, ISO-8601; the present when empty. */
    String startAt() default "";

    /** What identifiers follow from; random when zero. */
    long seed() default 0;

    /** What goes wrong with deliveries, as {@link dev.billhook.simulator.event.Chaos#parse} reads it; nothing when empty. */
    String chaos() default "";

    /** Whether failed deliveries are tried again in simulated time. */
    boolean simulatedRetries() default false;
}
