package dev.billhook.spring;

import dev.billhook.BillingBuilder;
import dev.billhook.addon.AddOnPolicy;
import dev.billhook.conversion.ConversionPolicy;
import dev.billhook.enforcement.ShadowObserver;
import dev.billhook.notice.NoticePolicy;
import dev.billhook.purchase.PurchasePolicy;
import dev.billhook.trial.TrialPolicy;
import dev.billhook.trial.VerifiedDomains;
import dev.billhook.unit.UnitSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The policies a host may set by properties or replace by beans, and what it counts and knows of its accounts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({BillhookPolicyProperties.class, BillhookNoticeProperties.class})
class PolicyConfiguration {
    @Bean
    @ConditionalOnMissingBean
    ConversionPolicy billhookConversionPolicy(BillhookPolicyProperties properties) {
        return properties.conversion().policy();
    }

    @Bean
    @ConditionalOnMissingBean
    TrialPolicy billhookTrialPolicy(BillhookPolicyProperties properties) {
        return properties.trial().policy();
    }

    @Bean
    @ConditionalOnMissingBean
    AddOnPolicy billhookAddOnPolicy(BillhookPolicyProperties properties) {
        return properties.addOn().policy();
    }

    @Bean
    @ConditionalOnMissingBean
    NoticePolicy billhookNoticePolicy(BillhookNoticeProperties properties) {
        return properties.policy();
    }

    @Bean
    @ConditionalOnMissingBean
    PurchasePolicy billhookPurchasePolicy(BillhookPolicyProperties properties) {
        return properties.purchase().policy();
    }

    @Bean
    Policies billhookPolicies(
            ConversionPolicy conversion,
            TrialPolicy trial,
            AddOnPolicy addOn,
            NoticePolicy notices,
            PurchasePolicy purchase,
            ObjectProvider<UnitSource> units,
            ObjectProvider<VerifiedDomains> domains,
            ObjectProvider<ShadowObserver> observer) {
        return builder -> {
            builder.conversionPolicy(conversion)
                    .trialPolicy(trial)
                    .addOnPolicy(addOn)
                    .noticePolicy(notices)
                    .purchasePolicy(purchase);
            units.ifUnique(builder::unitSource);
            domains.ifUnique(builder::verifiedDomains);
            observer.ifUnique(builder::shadowObserver);
        };
    }

    /** Sets all of it. */
    @FunctionalInterface
    interface Policies {
        void applyTo(BillingBuilder builder);
    }
}
