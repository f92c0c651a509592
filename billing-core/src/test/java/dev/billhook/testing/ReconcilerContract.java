package dev.billhook.testing;

import static dev.billhook.testing.BillingFixture.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.error.ProviderException;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.reconcile.Drift;
import dev.billhook.reconcile.DriftReport;
import dev.billhook.reconcile.PastReplay;
import dev.billhook.reconcile.ReplayReport;
import dev.billhook.reconcile.SweepProgress;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C5 Reconciliation: what was missed is found and taken in")
public abstract class ReconcilerContract extends BillingContract {
    private static final Instant T = SubscriptionStates.START;
    private static final Subscription ACTIVE = SubscriptionStates.active("sub_1", "pro-monthly", 1);
    private static final Subscription CANCELLING = SubscriptionStates.cancelled(ACTIVE, Cancellation.atPeriodEnd());
    private static final SweepRequest LOOK = SweepRequest.dryRun().pause(Duration.ZERO);
    private static final SweepRequest REPAIR = SweepRequest.repairing().pause(Duration.ZERO);

    @BeforeEach
    void customerAtProvider() {
        fixture.provider.put(Customer.ofId("cus_1"));
    }

    /** An event the provider made and nobody delivered. */
    private void lost(String id, Subscription state, Instant createdAt) {
        fixture.provider.event(
                id,
                "customer.subscription.updated",
                createdAt,
                new EventContent.State(SubscriptionStates.snapshot(state, "cus_1", ACCOUNT)));
    }

    @Test
    @DisplayName("events that never arrived are taken in, once; those that did are left alone")
    void replay() {
        fixture.deliver("evt_0", ACTIVE, T);
        assertThat(fixture.billing.reconciler().replay()).isEqualTo(new ReplayReport(0, 0, true));
        lost("evt_1", CANCELLING, T.plusSeconds(60));
        fixture.deliver("evt_2", CANCELLING, T.plusSeconds(60));
        lost("evt_3", ACTIVE, T.plusSeconds(90));

        assertThat(fixture.billing.reconciler().replay()).isEqualTo(new ReplayReport(3, 2, true));
        assertThat(fixture.billing.reconciler().lastReplay())
                .contains(new PastReplay(fixture.clock.instant(), new ReplayReport(3, 2, true)));
        fixture.drain();

        assertThat(fixture.mirrored("sub_1")).isEqualTo(ACTIVE);
        assertThat(fixture.eventNames())
                .containsExactly("SubscriptionActivated", "CancellationScheduled", "CancellationWithdrawn");
        assertThat(fixture.billing.reconciler().replay().missed()).isZero();
    }

    @Test
    @DisplayName("C5 what follows a first look that found no event at all is taken in")
    void nothingYet() {
        assertThat(fixture.billing.reconciler().replay()).isEqualTo(new ReplayReport(0, 0, true));
        assertThat(fixture.billing.reconciler().replay()).isEqualTo(new ReplayReport(0, 0, true));
        lost("evt_1", ACTIVE, T);
        lost("evt_2", CANCELLING, T.plusSeconds(60));

        assertThat(fixture.billing.reconciler().replay()).isEqualTo(new ReplayReport(2, 2, true));
        fixture.drain();
        assertThat(fixture.mirrored("sub_1")).isEqualTo(CANCELLING);
        assertThat(fixture.billing.reconciler().replay().missed()).isZero();
    }

    @Test
    @DisplayName("an event that the provider lists late is found by the next run")
    void listedLate() {
        fixture.deliver("evt_0", ACTIVE, T);
        fixture.billing.reconciler().replay();
        for (int i = 1; i <= 30; i++) {
            lost("evt_" + i, ACTIVE, T.plusSeconds(60L * i));
        }
        fixture.provider.pageSize(7);

        assertThat(fixture.billing.reconciler().replay()).isEqualTo(new ReplayReport(30, 30, true));
        ReplayReport again = fixture.billing.reconciler().replay();

        assertThat(again.missed()).isZero();
        assertThat(again.listed()).as("those of the last ten minutes").isBetween(10, 12);
    }

    @Test
    @DisplayName("when the provider has forgotten where the last run stopped, the report says so")
    void forgotten() {
        fixture.deliver("evt_0", ACTIVE, T);
        fixture.billing.reconciler().replay();
        lost("evt_1", CANCELLING, T.plusSeconds(60));
        lost("evt_2", ACTIVE, T.plusSeconds(120));
        fixture.provider.forgetEventsUpTo("evt_0");

        assertThat(fixture.billing.reconciler().replay()).isEqualTo(new ReplayReport(2, 2, false));
        fixture.drain();
        assertThat(fixture.mirrored("sub_1")).isEqualTo(ACTIVE);
    }

    @Test
    @DisplayName("a sweep tells what differs, field by field, and changes nothing")
    void dryRun() {
        fixture.deliver(ACTIVE, T);
        fixture.atProvider(CANCELLING);

        fixture.deliver(
                "evt_c",
                "customer.updated",
                new EventContent.State(new CustomerSnapshot(Customer.ofId("cus_1"), true, ACCOUNT, false)),
                T);

        List<Drift> told = new ArrayList<>();
        DriftReport report = fixture.billing.reconciler().sweep(LOOK.onDrift(told::add));

        assertThat(told).isEqualTo(report.drifts());
        assertThat(report.clean()).isFalse();
        assertThat(report.drifts()).singleElement().satisfies(drift -> {
            assertThat(drift.kind()).isEqualTo(Drift.Kind.DIFFERENT);
            assertThat(drift.objectId()).isEqualTo("sub_1");
            assertThat(drift.account()).isEqualTo(ACCOUNT);
            assertThat(drift.fields())
                    .extracting(Drift.Field::name)
                    .containsExactly("cancelAtPeriodEnd", "cancelAt", "canceledAt");
        });
        assertThat(report.toTable())
                .contains("DIFFERENT  sub_1  user:42")
                .contains("cancelAtPeriodEnd: false here, true there")
                .endsWith("1 different, 0 repaired");
        assertThat(fixture.mirrored("sub_1")).isEqualTo(ACTIVE);
    }

    @Test
    @DisplayName("a repairing sweep brings the mirror in line and tells the events")
    void repair() {
        fixture.deliver(ACTIVE, T);
        fixture.atProvider(CANCELLING);
        fixture.provider.put(
                SubscriptionStates.snapshot(SubscriptionStates.active("sub_2", "team-monthly", 4), "cus_1", ACCOUNT));

        DriftReport report = fixture.billing.reconciler().sweep(REPAIR);

        assertThat(report.clean()).isTrue();
        assertThat(report.drifts()).extracting(Drift::kind).contains(Drift.Kind.DIFFERENT, Drift.Kind.MISSING_HERE);
        assertThat(fixture.mirrored("sub_1")).isEqualTo(CANCELLING);
        assertThat(fixture.mirrored("sub_2").items().get(0).quantity()).isEqualTo(4);
        assertThat(fixture.eventNames()).contains("CancellationScheduled", "DuplicateSubscriptionDetected");
        assertThat(fixture.billing.reconciler().sweep(LOOK).drifts()).isEmpty();
    }

    @Test
    @DisplayName("a subscription of nobody and one the provider does not know are told, not repaired")
    void notRepaired() {
        fixture.deliver(ACTIVE, T);
        fixture.provider.put(SubscriptionStates.snapshot(
                SubscriptionStates.active("sub_x", "pro-monthly", 1), "cus_x", AccountRef.of("user", "nobody")));

        DriftReport report = fixture.billing.reconciler().sweep(REPAIR);

        assertThat(report.drifts())
                .extracting(Drift::kind, Drift::objectId, Drift::repaired)
                .contains(tuple(Drift.Kind.MISSING_THERE, "sub_1", false), tuple(Drift.Kind.UNLINKED, "sub_x", false));
        assertThat(report.clean()).isFalse();
        assertThat(fixture.mirrored("sub_1")).isEqualTo(ACTIVE);
    }

    @Test
    @DisplayName("B8 a changed card and a deleted customer are found")
    void customers() {
        fixture.deliver(ACTIVE, T);
        fixture.atProvider(ACTIVE);
        fixture.billing.reconciler().sweep(REPAIR);
        PaymentMethod card = new PaymentMethod("pm_1", "card", "visa", "4242", 12, 2030);
        fixture.provider.put(Customer.ofId("cus_1").withPaymentMethod(card));

        fixture.billing.reconciler().sweep(REPAIR);
        assertThat(fixture.billing.accounts().get(ACCOUNT).customer().defaultPaymentMethod())
                .isEqualTo(card);
        assertThat(fixture.eventNames()).endsWith("PaymentMethodChanged");

        fixture.provider.put(new Customer("cus_1", null, false, null, true));
        DriftReport report = fixture.billing.reconciler().sweep(REPAIR);
        assertThat(report.drifts()).extracting(Drift::objectId).containsExactly("cus_1");
        assertThat(fixture.billing.accounts().get(ACCOUNT).customerId()).isEmpty();
    }

    @Test
    @DisplayName("many pages on both sides: exactly what differs is found, those of one second too")
    void manyPages() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Subscription state = SubscriptionStates.created(
                    SubscriptionStates.active("sub_" + i, "pro-monthly", 1), T.minusSeconds(i / 4));
            if (i % 10 != 3) {
                fixture.deliver("evt_" + i, state, T);
            }
            if (i % 10 != 7) {
                fixture.atProvider(state);
            }
            if (i % 10 == 3 || i % 10 == 7) {
                expected.add("sub_" + i);
            }
        }
        fixture.provider.pageSize(3);
        List<SweepProgress> progress = new ArrayList<>();

        DriftReport report = fixture.billing.reconciler().sweep(LOOK.onProgress(progress::add));

        assertThat(report.drifts())
                .filteredOn(drift -> drift.objectId().startsWith("sub_"))
                .extracting(Drift::objectId)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(report.counts().subscriptions()).isEqualTo(36);
        assertThat(progress).hasSizeGreaterThan(12).last().isEqualTo(report.counts());
    }

    @Test
    @DisplayName("a sweep resumes neither one of another name nor, if it repairs, one that only looked")
    void namesApart() {
        for (int i = 0; i < 12; i++) {
            Subscription state = SubscriptionStates.created(
                    SubscriptionStates.active("sub_" + i, "pro-monthly", 1), T.minusSeconds(i));
            fixture.deliver("evt_" + i, state, T);
            fixture.atProvider(i == 1 ? SubscriptionStates.renewed(state) : state);
        }
        fixture.provider.pageSize(4);
        failAfterEight(LOOK);

        assertThat(fixture.billing.reconciler().sweep(LOOK.named("shell")).drifts())
                .extracting(Drift::objectId)
                .contains("sub_1");
        assertThat(fixture.billing.reconciler().sweep(REPAIR).drifts())
                .extracting(Drift::objectId)
                .contains("sub_1");
    }

    private void failAfterEight(SweepRequest request) {
        SweepRequest failing = request.onProgress(progress -> {
            if (progress.subscriptions() == 8) {
                fixture.provider.failWith(
                        ProviderException.of(ProviderException.Category.NETWORK, "no answer", null, null));
            }
        });
        assertThatThrownBy(() -> fixture.billing.reconciler().sweep(failing)).isInstanceOf(ProviderException.class);
        fixture.provider.failWith(null);
    }

    @Test
    @DisplayName("a sweep that failed goes on where it stopped")
    void resume() {
        for (int i = 0; i < 12; i++) {
            Subscription state = SubscriptionStates.created(
                    SubscriptionStates.active("sub_" + i, "pro-monthly", 1), T.minusSeconds(i));
            fixture.deliver("evt_" + i, state, T);
            fixture.atProvider(i == 1 || i == 11 ? SubscriptionStates.renewed(state) : state);
        }
        fixture.provider.pageSize(4);
        failAfterEight(LOOK);

        DriftReport rest = fixture.billing.reconciler().sweep(LOOK);

        assertThat(rest.drifts()).extracting(Drift::objectId).contains("sub_11").doesNotContain("sub_1");
        assertThat(rest.counts().subscriptions()).isEqualTo(12);
        assertThat(fixture.billing.reconciler().sweep(LOOK.fromTheBeginning()).drifts())
                .extracting(Drift::objectId)
                .contains("sub_1", "sub_11");
    }

    @Test
    @DisplayName("what moved while it was compared is no drift")
    void movedMeanwhile() {
        fixture.deliver(ACTIVE, T);
        fixture.atProvider(CANCELLING);
        fixture.provider.duringNextFetch(() -> fixture.deliver("evt_late", CANCELLING, T.plusSeconds(5)));

        DriftReport report = fixture.billing.reconciler().sweep(LOOK);

        assertThat(report.drifts())
                .filteredOn(drift -> drift.objectId().equals("sub_1"))
                .isEmpty();
    }
}
