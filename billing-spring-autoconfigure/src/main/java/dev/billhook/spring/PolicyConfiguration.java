package dev.billhook.spring;

import dev.billhook.BillingBuilder;
import dev.billhook.addon.AddOnPolicy;
import dev.billhook.conversion.ConversionPolicy;
import dev.billhook.enforcement.ShadowObserver;
import dev.billhook.notice.NoticePolicy;
import dev.billhook.purchase.PurchasePolicy;
import dev.billhook.support.SupportLookup;
import dev.billhook.support.SupportRows;
import dev.billhook.trial.TrialPolicy;
import dev.billhook.trial.VerifiedDomains;
import dev.billhook.unit.UnitSource;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The policies a host may set by properties or replace by beans, and what it counts and knows of its accounts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    BillhookPolicyProperties.class,
    BillhookNoticeProperties.class,
    BillhookSupportProperties.class
})
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

    /** How the help desk is answered. */
    @Bean
    Support billhookSupport(
            BillhookSupportProperties properties,
            ObjectProvider<SupportLookup> lookup,
            ObjectProvider<SupportRows> rows) {
        return builder -> builder.support(
                properties.settings(),
                lookup.getIfUnique(() -> email -> Set.of()),
                rows.getIfUnique(() -> (email, accounts) -> List.of()));
    }

    @Bean
    Policies billhookPolicies(
            ConversionPolicy conversion,
            TrialPolicy trial,
            AddOnPolicy addOn,
            NoticePolicy notices,
            PurchasePolicy purchase,
            Support support,
            ObjectProvider<UnitSource> units,
            ObjectProvider<VerifiedDomains> domains,
            ObjectProvider<ShadowObserver> observer) {
        return builder -> {
            builder.conversionPolicy(conversion)
                    .trialPolicy(trial)
                    .addOnPolicy(addOn)
                    .noticePolicy(notices)
                    .purchasePolicy(purchase);
            support.applyTo(builder);
            units.ifUnique(builder::unitSource);
            domains.ifUnique(builder::verifiedDomains);
            observer.ifUnique(builder::shadowObserver);
        };
    }

    /** Sets how the help desk is answered. */
    @FunctionalInterface
    interface Support {
        void applyTo(BillingBuilder builder);
    }

    /** Sets all of it. */
    @FunctionalInterface
    interface Policies {
        void applyTo(BillingBuilder builder);
    }
}
