package dev.billhook.cli.operate;

import static dev.billhook.cli.operate.HostApplication.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.cli.CliRun;
import dev.billhook.entitlement.AccessState;
import dev.billhook.purchase.Purchase;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an operator does when the application may have missed something. */
abstract class ReconcileContract extends ShellContract {
    @Test
    @DisplayName(
            "C5 reconcile tells what differs and exits with 1; --repair has the application repair it and hear of it")
    void reconciled() {
        String subscription = app().subscribe();
        app().takeIn();
        CliRun clean = done("reconcile", "--pause", "0");
        assertThat(clean.out()).isEqualTo("1 subscriptions and 1 customers compared, 0 different, 0 repaired\n");
        assertThat(clean.err()).contains("1 subscriptions and 0 customers compared, 0 different\n");

        app().post("/v1/subscriptions/" + subscription, "cancel_at_period_end=true");
        app().forgetHeard();
        CliRun differs = run("reconcile", "--pause", "0");
        assertThat(differs.exitCode()).isEqualTo(1);
        assertThat(differs.out())
                .startsWith("DIFFERENT  " + subscription + "  user:ada\n")
                .contains("cancelAtPeriodEnd: false here, true there");
        JsonNode json = parsed(run("reconcile", "--pause", "0", "--json").out());
        assertThat(json.path("different").intValue()).isEqualTo(1);
        assertThat(json.at("/differences/0/object").textValue()).isEqualTo(subscription);
        app().work();
        assertThat(app().heard()).as("a dry run writes nothing").isEmpty();

        CliRun repair = done("reconcile", "--pause", "0", "--repair");
        assertThat(repair.err()).endsWith("1 will be read again by the application's nodes, 0 must be looked at\n");
        app().work();
        assertThat(app().heard()).containsExactly("CancellationScheduled");
        done("reconcile", "--pause", "0");
    }

    @Test
    @DisplayName("C5 a customer of no known account is told and left to somebody to look at")
    void unlinked() {
        app().takeIn();
        String customer = app().post("/v1/customers", "invoice_settings[default_payment_method]=pm_card_visa");
        String subscription = app().subscribe(customer);

        CliRun repair = run("reconcile", "--pause", "0", "--repair");

        assertThat(repair.exitCode()).isEqualTo(1);
        assertThat(repair.out()).startsWith("UNLINKED  " + subscription);
        assertThat(repair.err()).endsWith("1 will be read again by the application's nodes, 1 must be looked at\n");
        app().work();
        assertThat(done("events", "list", "--status", "parked").out()).contains("repair_" + subscription);
    }

    @Test
    @DisplayName(
            "C5 D4 reconcile finds a paid page nobody told of; --repair has the application make the purchase and hear of it")
    void purchaseMissed() {
        app().takeIn();
        URI home = URI.create("https://app.example/");
        String session = app().billing()
                .checkout()
                .start(CheckoutRequest.of(ADA, PlanKey.of("pro-lifetime"), home, home))
                .id();
        app().buyAt(session);
        app().forgetHeard();

        CliRun differs = reconcileAll();
        assertThat(differs.exitCode()).isEqualTo(1);
        assertThat(differs.out()).startsWith("MISSING_HERE  " + session + "  user:ada\n");
        assertThat(done("reconcile", "--pause", "0").err()).contains("what is paid once is not compared");
        app().work();
        assertThat(app().billing().purchases().list(ADA))
                .as("a dry run writes nothing")
                .isEmpty();

        CliRun repair = reconcileAll("--repair");
        assertThat(repair.exitCode()).isZero();
        assertThat(repair.err()).endsWith("1 will be read again by the application's nodes, 0 must be looked at\n");
        assertThat(app().heard()).isEmpty();
        app().work();
        assertThat(app().heard()).contains("PurchaseMade");
        assertThat(app().billing().purchases().list(ADA))
                .extracting(Purchase::id)
                .containsExactly(session);
        assertThat(app().billing().entitlements().resolve(ADA).state()).isEqualTo(AccessState.ACTIVE);
        CliRun clean = reconcileAll();
        assertThat(clean.exitCode()).as(clean.out()).isZero();
        assertThat(clean.out()).contains("1 purchases compared, 0 different");
    }

    @Test
    @DisplayName("C5 D4 of a paid page that fits nothing reconcile tells why, and --repair has the application told")
    void mismatchMissed() {
        app().takeIn();
        String session = app().post(
                        "/v1/checkout/sessions",
                        "mode=payment&customer=" + app().customer() + "&metadata[billhook_plan]=pro-lifetime"
                                + "&success_url=https://app.example/&line_items[0][quantity]=1"
                                + "&line_items[0][price_data][currency]=usd&line_items[0][price_data][unit_amount]=300"
                                + "&line_items[0][price_data][product_data][name]=Sticker");
        app().buyAt(session);
        app().forgetHeard();

        assertThat(reconcileAll().out())
                .startsWith("MISSING_HERE  " + session + "  user:ada\n    mismatch: untold here, OTHER_PLAN there\n");
        assertThat(reconcileAll("--repair").exitCode()).isZero();
        app().work();

        assertThat(app().heard()).containsOnlyOnce("PurchaseMismatched").doesNotContain("PurchaseMade");
        assertThat(reconcileAll().exitCode()).isZero();
    }

    private CliRun reconcileAll(String... arguments) {
        return run(and(new String[] {"reconcile", "--pause", "0", "--catalog", catalog()}, arguments));
    }
}
