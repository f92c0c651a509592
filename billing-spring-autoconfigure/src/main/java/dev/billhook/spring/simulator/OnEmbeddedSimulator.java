package dev.billhook.spring.simulator;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Whether the simulator takes Stripe's place: when told so, or in development as long as there is no key. */
final class OnEmbeddedSimulator extends SpringBootCondition {
    private static final Profiles DEVELOPMENT = Profiles.of("dev", "development", "local");

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        ConditionMessage.Builder message = ConditionMessage.forCondition("Billhook simulator");
        Boolean told = environment.getProperty("billhook.simulator.enabled", Boolean.class);
        if (told != null) {
            return new ConditionOutcome(told, message.because("billhook.simulator.enabled is " + told));
        }
        if (StringUtils.hasText(environment.getProperty("billhook.stripe.api-key"))) {
            return ConditionOutcome.noMatch(message.because("billhook.stripe.api-key is set"));
        }
        return environment.acceptsProfiles(DEVELOPMENT)
                ? ConditionOutcome.match(message.because("a development profile is active and there is no API key"))
                : ConditionOutcome.noMatch(message.because("no development profile is active"));
    }
}
