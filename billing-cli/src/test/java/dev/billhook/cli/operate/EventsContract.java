package dev.billhook.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.cli.CliRun;
import dev.billhook.event.BillingEvent;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an operator does about events that did not come through, and about what listeners were not told. */
abstract class EventsContract extends ShellContract {
    @Test
    @DisplayName("D13 of another provider account in the same database nothing is seen and nothing is touched")
    void otherAccount() {
        app().hostIsDown(true);
        app().subscribe();
        app().takeIn();
        List<String> dead = idsOf(done("events", "list", "--status", "dead", "--json"));
        assertThat(dead).isNotEmpty();

        assertThat(idsOf(runAt("other", "events", "list", "--json"))).isEmpty();
        assertThat(runAt("other", "events", "replay", dead.get(0)).exitCode()).isNotZero();
        assertThat(idsOf(done("events", "list", "--status", "dead", "--json"))).isEqualTo(dead);
    }

    @Test
    @DisplayName("C6 a dead event is listed with its error, shown, replayed and then applied by the application")
    void deadEvent() {
        app().hostIsDown(true);
        app().subscribe();
        app().takeIn();

        CliRun listed = done("events", "list", "--status", "dead", "--type", "customer.subscription.*");
        assertThat(listed.out())
                .containsPattern(
                        "customer.subscription.\\w+  DEAD\\(1\\)  java.lang.IllegalStateException: host is down")
                .containsPattern("\\nDONE \\d+, IGNORED \\d+, DEAD \\d+\\n");
        String id = idsOf(done("events", "list", "--status", "DEAD", "--type", "customer.subscription.*", "--json"))
                .get(0);
        assertThat(done("events", "show", id).out())
                .contains("status        DEAD", "body          kept", "host is down")
                .doesNotContain("\"object\"");
        assertThat(done("events", "show", id, "--body").out()).contains("\"object\"");

        app().hostIsDown(false);
        assertThat(done("events", "replay", id).out()).isEqualTo("1 event will be applied again.\n");
        app().work();
        assertThat(done("events", "show", id).out()).contains("status        DONE");
        assertThat(app().heard()).contains("SubscriptionActivated");

        assertThat(done("events", "replay", "--status", "dead", "--since", "1h").out())
                .endsWith("will be applied again.\n");
        app().work();
        assertThat(done("events", "list").out()).doesNotContain("DEAD");
    }

    @Test
    @DisplayName("C6 an event that is given up keeps the reason")
    void discarded() {
        app().hostIsDown(true);
        app().subscribe();
        app().takeIn();
        String id = idsOf(done("events", "list", "--status", "dead", "--json", "--limit", "1"))
                .get(0);

        assertThat(done("events", "discard", id, "--reason", "told by phone").out())
                .isEqualTo("1 event discarded.\n");

        assertThat(done("events", "show", id).out())
                .contains("status        DISCARDED", "body          dropped", "error         told by phone");
        assertThat(run("events", "discard", id, "--reason", "again").exitCode()).isEqualTo(1);
        assertThat(run("events", "show", "evt_none").err()).contains("No event 'evt_none'");
    }

    @Test
    @DisplayName("D3 what a listener failed on too often is listed and told again by the application")
    void deadDelivery() {
        app().mailIsDown(true);
        app().subscribe();
        app().takeIn();
        app().mailIsDown(false);

        CliRun listed = done("outbox", "list", "--status", "dead");
        assertThat(listed.out())
                .contains("SubscriptionActivated  user:ada  mail  DEAD(1)  java.lang.IllegalStateException: mail is"
                        + " down");
        String id = parsed(done("outbox", "list", "--kind", "SubscriptionActivated", "--json")
                        .out())
                .path("event")
                .textValue();
        assertThat(done("outbox", "show", id, "mail").out()).contains("listener      mail", "status        DEAD");
        assertThat(done("outbox", "retry", id, "mail").out()).isEqualTo("1 event will be told again.\n");
        app().work();
        assertThat(app().mailed()).extracting(BillingEvent::id).containsExactly(id);

        String paid = parsed(done("outbox", "list", "--kind", "InvoicePaid", "--json")
                        .out())
                .path("event")
                .textValue();
        assertThat(done("outbox", "discard", paid, "mail", "--reason", "too late")
                        .out())
                .isEqualTo("1 event discarded.\n");
        done("outbox", "retry-dead", "--listener", "mail");
        app().work();
        assertThat(done("outbox", "list").out()).isEqualTo("PENDING 0 (0 failing), DEAD 0\n");
        assertThat(app().mailed()).extracting(BillingEvent::id).doesNotContain(paid);
        assertThat(run("outbox", "retry", id, "mail").exitCode()).isEqualTo(1);
    }

    @Test
    @DisplayName("calls that do not say which events, or ask for what cannot be, are refused with 2")
    void refused() {
        assertThat(run("events", "replay").exitCode()).isEqualTo(2);
        assertThat(run("events", "replay", "evt_1", "--status", "dead").exitCode())
                .isEqualTo(2);
        assertThat(run("events", "list", "--limit", "0").exitCode()).isEqualTo(2);
        assertThat(run("events", "list", "--since", "yesterday").err()).contains("'yesterday' is no time");
        assertThat(run("outbox", "list", "--limit", "1001").exitCode()).isEqualTo(2);
        assertThat(run("reconcile", "--pause", "-1").exitCode()).isEqualTo(2);
        assertThat(CliRun.of("events", "list").err()).contains("--jdbc-url");
    }
}
