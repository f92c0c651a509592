package dev.billhook.spring.accounts;

import dev.billhook.Billing;
import dev.billhook.spring.BillhookProperties.Account;
import dev.billhook.spring.SetupException;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Has a billing for each further account, as a bean of its name, which is its qualifier, too. A key that an account does not
 * know is refused: a misspelt secret would be missed only when the first event comes.
 */
final class AccountNames implements ImportBeanDefinitionRegistrar, EnvironmentAware {
    private static final Bindable<Map<String, Account>> ACCOUNTS = Bindable.mapOf(String.class, Account.class);

    private Map<String, Account> accounts = Map.of();

    @Override
    public void setEnvironment(Environment environment) {
        accounts = Binder.get(environment)
                .bind(
                        "billhook.accounts",
                        ACCOUNTS,
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()))
                .orElse(Map.of());
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        for (String name : accounts.keySet()) {
            if (registry.containsBeanDefinition(name)) {
                throw new SetupException(
                        "billhook.accounts." + name + " is to be a bean named '" + name
                                + "', but there is one already.",
                        "Give the account another name, or remove the bean if it is the account's billing.");
            }
            registry.registerBeanDefinition(name, billing(name));
        }
    }

    private static RootBeanDefinition billing(String name) {
        RootBeanDefinition definition = new RootBeanDefinition(Billing.class);
        definition.setFactoryBeanName(BillhookAccountsAutoConfiguration.FURTHER);
        definition.setFactoryMethodName("billing");
        definition.getConstructorArgumentValues().addGenericArgumentValue(name);
        definition.setDestroyMethodName("close");
        definition.setDefaultCandidate(false);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
        return definition;
    }
}
