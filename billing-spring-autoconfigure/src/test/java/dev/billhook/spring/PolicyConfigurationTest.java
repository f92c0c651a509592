package dev.billhook.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.Billing;
import dev.billhook.addon.AddOnPolicy;
import dev.billhook.addon.AddOnPolicy.MainEnd;
import dev.billhook.conversion.Conversion;
import dev.billhook.conversion.ConversionPolicy;
import dev.billhook.notice.NoticeKind;
import dev.billhook.notice.NoticePolicy;
import dev.billhook.purchase.PurchasePolicy;
import dev.billhook.purchase.PurchasePolicy.Disputes;
import dev.billhook.subscription.Cancellation.Settlement;
import dev.billhook.subscription.Timing;
import dev.billhook.trial.TrialPolicy;
import dev.billhook.trial.TrialPolicy.Misuse;
import dev.billhook.trial.TrialPolicy.Per;
import dev.billhook.unit.UnitDrifts;
import dev.billhook.unit.UnitSource;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@DisplayName("Spring: policies of plans, trials and add-ons")
class PolicyConfigurationTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BillhookAutoConfiguration.class))
            .withUserConfiguration(FakeProviderConfiguration.class, FakeStoresConfiguration.class)
            .withPropertyValues("billhook.background.enabled=false");

    @Test
    @DisplayName("C2 C9 C22 without properties they are the standard ones")
    void standard() {
        runner.run(context -> {
            assertThat(context.getBean(ConversionPolicy.class)).isEqualTo(ConversionPolicy.standard());
            assertThat(context.getBean(TrialPolicy.class)).isEqualTo(TrialPolicy.standard());
            assertThat(context.getBean(AddOnPolicy.class)).isEqualTo(AddOnPolicy.standard());
            assertThat(context.getBean(NoticePolicy.class)).isEqualTo(NoticePolicy.STANDARD);
            assertThat(context.getBean(PurchasePolicy.class)).isEqualTo(PurchasePolicy.STANDARD);
        });
    }

    @Test
    @DisplayName("C2 C9 C22 properties set them")
    void properties() {
        runner.withPropertyValues(
                        "billhook.policy.conversion.timings.upgrade=at-renewal",
                        "billhook.policy.conversion.units=cap",
                        "billhook.policy.trial.once-per=account,card",
                        "billhook.policy.trial.comeback-customers=true",
                        "billhook.policy.trial.on-misuse=end-trial",
                        "billhook.policy.add-on.main-end=go-on",
                        "billhook.policy.purchase.disputes=revoke-when-lost",
                        "billhook.policy.purchase.remainder=credit")
                .run(context -> {
                    assertThat(context.getBean(ConversionPolicy.class))
                            .isEqualTo(ConversionPolicy.standard()
                                    .with(Conversion.Kind.UPGRADE, Timing.AT_RENEWAL)
                                    .with(ConversionPolicy.UnitRule.CAP));
                    assertThat(context.getBean(TrialPolicy.class))
                            .isEqualTo(new TrialPolicy(Set.of(Per.ACCOUNT, Per.CARD), true, Misuse.END_TRIAL));
                    assertThat(context.getBean(AddOnPolicy.class))
                            .isEqualTo(AddOnPolicy.standard().with(MainEnd.GO_ON));
                    assertThat(context.getBean(PurchasePolicy.class))
                            .isEqualTo(new PurchasePolicy(Disputes.REVOKE_WHEN_LOST, Settlement.CREDIT));
                });
    }

    @Test
    @DisplayName("D3 lead times are properties, and each notice can be switched off")
    void notices() {
        runner.withPropertyValues(
                        "billhook.notices.trial-ending=7d,1d",
                        "billhook.notices.yearly-renewal=",
                        "billhook.notices.shorter-renewal=2d",
                        "billhook.notices.restored=false")
                .run(context -> assertThat(context.getBean(NoticePolicy.class))
                        .isEqualTo(NoticePolicy.STANDARD
                                .with(NoticeKind.TRIAL_ENDING, Duration.ofDays(7), Duration.ofDays(1))
                                .without(NoticeKind.YEARLY_RENEWAL)
                                .with(NoticeKind.SHORTER_RENEWAL, Duration.ofDays(2))
                                .without(NoticeKind.RESTORED)));
        runner.withPropertyValues("billhook.notices.enabled=false")
                .run(context -> assertThat(context.getBean(NoticePolicy.class)).isEqualTo(NoticePolicy.NONE));
    }

    @Test
    @DisplayName("C7 C22 the host's own beans go first, and its count is asked")
    void ownBeans() {
        AddOnPolicy own = AddOnPolicy.standard().with(MainEnd.GO_ON);
        runner.withBean(AddOnPolicy.class, () -> own)
                .withBean(UnitSource.class, () -> account -> OptionalLong.of(3))
                .run(context -> {
                    assertThat(context.getBean(AddOnPolicy.class)).isSameAs(own);
                    Billing billing = context.getBean(Billing.class);
                    assertThat(billing.units().drift(null, 10)).isEqualTo(new UnitDrifts(List.of(), null));
                });
    }
}
