package dev.billhook.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.billhook.Billing;
import dev.billhook.BillingSwitchedOffException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.entitlement.AccessReason;
import dev.billhook.entitlement.AccessState;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.entitlement.NextStep;
import dev.billhook.event.OutboxSummary;
import dev.billhook.invoice.InvoiceQuery;
import dev.billhook.lifecycle.Reactivation;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.trial.TrialDecision;
import dev.billhook.webhook.InboxQuery;
import dev.billhook.webhook.WebhookOutcome;
import dev.billhook.webhook.WebhookRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("D5 a billing that is switched off allows everything and calls nothing")
class BillingOffTest {
    private static final AccountRef ACCOUNT = BillingFixture.ACCOUNT;

    private final Billing off = Billing.off(BillingFixture.catalog());

    @Test
    @DisplayName("D5 everybody has every feature of the catalog without limits, for as long as it is off")
    void access() {
        Entitlements open = off.entitlements().resolve(ACCOUNT);

        assertThat(open.account()).isEqualTo(ACCOUNT);
        assertThat(open.state()).isEqualTo(AccessState.ACTIVE);
        assertThat(open.reason()).isEqualTo(AccessReason.SWITCHED_OFF);
        assertThat(open.nextStep()).isEqualTo(NextStep.NOTHING);
        assertThat(open.validUntil()).isNull();
        assertThat(open.features()).containsExactlyInAnyOrder("transcripts", "roles", "phone");
        assertThat(open.remaining("seats", Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(open.enforced()).isFalse();
        assertThatCode(() -> {
                    open.require("roles");
                    open.requireWritable();
                    open.requireReadable();
                    open.requireRoom("episodes", 1_000_000, 1);
                })
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("D5 without a catalog whatever the host asks for is allowed")
    void withoutCatalog() {
        Entitlements open = Billing.off().entitlements().resolve(ACCOUNT);

        assertThat(open.allows("anything")).isTrue();
        assertThat(open.remaining("anything", 5)).isEqualTo(Long.MAX_VALUE);
        assertThat(open.writable()).isTrue();
    }

    @Test
    @DisplayName(
            "D5 what a host does at every login and on every page goes through: every account counts as registered")
    void everydayCode() {
        BillingAccount registered = off.accounts().register(ACCOUNT, AccountProfile.ofEmail("ada@example.com"));

        assertThat(registered.ref()).isEqualTo(ACCOUNT);
        assertThat(registered.profile().email()).isEqualTo("ada@example.com");
        assertThat(off.accounts().get(ACCOUNT).customerId()).isEmpty();
        assertThat(off.accounts().find(ACCOUNT)).isPresent();
        assertThat(off.accounts().paymentMethod(ACCOUNT)).isEmpty();
        assertThat(off.accounts().missingDetails(ACCOUNT, SubscriptionStates.START))
                .isEmpty();
        assertThat(off.subscriptions().find(ACCOUNT)).isEmpty();
        assertThat(off.subscriptions().list(ACCOUNT)).isEmpty();
        assertThat(off.invoices().list(ACCOUNT, InvoiceQuery.newest()).invoices())
                .isEmpty();
        assertThat(off.trials().check(ACCOUNT, BillingFixture.PRO))
                .matches(decision -> decision instanceof TrialDecision.Refused);
        assertThat(off.checkout().confirmReturn(ACCOUNT)).isEmpty();
        assertThat(off.catalogPublisher().published().prices()).isEmpty();
        assertThat(off.offers().list()).isEmpty();
        assertThat(off.offers().remaining(BillingFixture.PRO)).isEmpty();
        assertThat(off.catalog().plans()).hasSize(5);
        assertThat(off.switchedOff()).isTrue();
    }

    @Test
    @DisplayName("D5 a command is refused, and tells what to do instead")
    void commands() {
        assertThatThrownBy(() -> off.subscriptions().cancel(ACCOUNT, Cancellation.atPeriodEnd()))
                .isInstanceOfSatisfying(BillingSwitchedOffException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(BillingSwitchedOffException.Reason.SWITCHED_OFF);
                    assertThat(refused.remedy()).contains("Billing.switchedOff()");
                })
                .hasMessageContaining("SubscriptionService.cancel");
        assertThatThrownBy(() -> off.subscriptions().reactivate(ACCOUNT, Reactivation.atPresentPrices()))
                .isInstanceOf(BillingSwitchedOffException.class);
        assertThatThrownBy(() -> off.units().add(ACCOUNT, 1)).isInstanceOf(BillingSwitchedOffException.class);
        assertThatThrownBy(() -> off.invoices().get(ACCOUNT, "in_1")).isInstanceOf(BillingSwitchedOffException.class);
    }

    @Test
    @DisplayName("D5 a webhook is neither stored nor acknowledged: the provider delivers it again")
    void webhooks() {
        WebhookOutcome outcome = off.webhooks().dispatch(new WebhookRequest(new byte[] {1}, "t=1,v1=x"));

        assertThat(outcome.httpStatus()).isEqualTo(503);
        assertThat(off.inbox().count()).isEmpty();
        assertThat(off.inbox().oldestPending()).isEmpty();
        assertThat(off.inbox().list(InboxQuery.all())).isEmpty();
        assertThat(off.outbox().summary()).isEqualTo(OutboxSummary.EMPTY);
        assertThat(off.reconciler().lastReplay()).isEmpty();
        assertThat(off.webhooks().processDue(100)).isZero();
        assertThat(off.runDueWork()).isZero();
        assertThatCode(off::close).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("D5 its parts can be kept in collections and told apart")
    void objects() {
        assertThat(off.units()).isSameAs(off.units()).isNotEqualTo(Billing.off().units());
        assertThat(off.units().hashCode()).isEqualTo(off.units().hashCode());
        assertThat(off.units()).hasToString("UnitService (switched off)");
        assertThat(off).hasToString("Billing (switched off)");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("D5 every method there is either answers something or refuses with the reason; none fails otherwise")
    void everyMethod(String name, Object service, Method method) throws IllegalAccessException {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(BillingOffTest::argument)
                .toArray();
        try {
            Object answer = method.invoke(service, arguments);

            assertThat(answer != null || method.getReturnType() == void.class).isTrue();
            assertThat(answer).isNotInstanceOf(Subscription.class);
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).isInstanceOf(BillingSwitchedOffException.class);
        }
    }

    static Stream<Arguments> everyMethod() {
        Billing off = Billing.off(BillingFixture.catalog());
        return Arrays.stream(Billing.class.getMethods())
                .filter(part -> part.getReturnType().isInterface() && !Modifier.isStatic(part.getModifiers()))
                .flatMap(part -> Arrays.stream(part.getReturnType().getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .map(method -> arguments(part.getName() + "." + method.getName(), of(off, part), method)));
    }

    private static Object of(Billing off, Method part) {
        try {
            return part.invoke(off);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Nothing looks at arguments, so no more is needed than that they fit. */
    @SuppressWarnings("NullAway")
    private static Object argument(Class<?> type) {
        return type == AccountRef.class
                ? ACCOUNT
                : type == AccountProfile.class
                        ? AccountProfile.empty()
                        : type == int.class
                                ? (Object) 1
                                : type == long.class ? (Object) 1L : type == boolean.class ? (Object) true : null;
    }
}
