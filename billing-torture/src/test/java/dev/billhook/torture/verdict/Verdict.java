package dev.billhook.torture.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.event.BillingEvent;
import dev.billhook.reconcile.DriftReport;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.torture.host.Host;
import dev.billhook.torture.host.HostRows;
import dev.billhook.torture.life.Person;
import dev.billhook.webhook.InboxQuery;
import dev.billhook.webhook.InboxStatus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/** What must be true once everything has been delivered or caught up with. */
public final class Verdict {
    private final Host host;
    private final Truth truth;
    private final List<Person> people;

    public Verdict(Host host, Truth truth, List<Person> people) {
        this.host = host;
        this.truth = truth;
        this.people = people;
    }

    /** Nothing waits, nothing was given up, and every event of the provider is there. */
    public void inboxIsSettled() {
        Map<InboxStatus, Long> counts = host.billing().inbox().count();
        assertThat(host
                        .billing()
                        .inbox()
                        .list(InboxQuery.of(InboxStatus.PENDING, InboxStatus.PARKED, InboxStatus.DEAD))
                        .stream()
                        .map(event -> event + " at " + event.createdAt() + " of " + event.owner()))
                .as("events that are stuck of %s", counts)
                .isEmpty();
        assertThat(host.stores().outbox().size()).as("mails that are stuck").isZero();
    }

    /** A sweep finds nothing. */
    public void sweepIsClean() {
        DriftReport report =
                host.billing().reconciler().sweep(SweepRequest.dryRun().pause(Duration.ZERO));
        assertThat(report.counts().drifted()).as(report::toTable).isZero();
    }

    /** Every account and every subscription is in the mirror as the simulator tells it, and so is what access follows from. */
    public void mirrorIsTheTruth() {
        SoftAssertions soft = new SoftAssertions();
        for (Person person : people) {
            BillingAccount account = host.billing().accounts().get(person.account());
            if (!person.customers().isEmpty()) {
                soft.assertThat(account.customer())
                        .as("customer of %s", person.account())
                        .isIn(truth.customers(person));
            }
            soft.assertThat(host.stores().access().claims(person.account()))
                    .as("what a question about %s reads", person.account())
                    .isEqualTo(host.stores().access().facts(person.account()).claims());
        }
        Map<String, JsonNode> theirs = truth.subscriptions();
        Map<String, MirroredSubscription> ours = host.stores().subscriptions().findAll(theirs.keySet());
        theirs.forEach((id, subscription) -> {
            MirroredSubscription row = ours.get(id);
            Person owner = truth.owner(subscription.path("customer").asText());
            soft.assertThat(row).as("subscription %s", id).isNotNull();
            if (row != null && owner != null) {
                soft.assertThat(row.subscription()).isEqualTo(Truth.subscription(subscription));
                soft.assertThat(row.account()).isEqualTo(owner.account());
                soft.assertThat(row.customerId())
                        .isEqualTo(subscription.path("customer").asText());
            }
        });
        soft.assertThat(host.stores().subscriptions().scan(null, null, theirs.size() + 1))
                .hasSize(theirs.size());
        soft.assertAll();
    }

    /** What the host wrote in the mirror's transactions was written once, and tells the same story as the mirror. */
    public void bookingsTellTheStory() throws SQLException {
        assertThat(HostRows.bookedTwice(host.pool())).as("events told twice").isEmpty();
        Map<String, Story> stories = new LinkedHashMap<>();
        for (BillingEvent event : HostRows.bookings(host.pool())) {
            String subscription = subscriptionOf(event);
            if (subscription != null && !Facts.isOne(event)) {
                stories.computeIfAbsent(subscription, id -> new Story()).hear(event);
            }
        }
        SoftAssertions soft = new SoftAssertions();
        truth.subscriptions().keySet().forEach(id -> {
            MirroredSubscription row = host.stores().subscriptions().find(id).orElseThrow();
            soft.assertThat(stories.computeIfAbsent(id, any -> new Story()).complaints(row.subscription()))
                    .as("story of %s", id)
                    .isEmpty();
        });
        soft.assertAll();
    }

    /** What happened at the provider was told once each, and nothing else was. */
    public void factsAreTold() throws SQLException {
        assertThat(Facts.told(HostRows.bookings(host.pool()))).containsExactlyElementsOf(Facts.expected(truth));
    }

    /** What was written was also mailed, in the account's order if repetitions are left out. */
    public void mailsFollow() throws SQLException {
        Map<AccountRef, Set<String>> written = byAccount(HostRows.bookings(host.pool()));
        Map<AccountRef, Set<String>> mailed = byAccount(HostRows.mails(host.pool()));
        SoftAssertions soft = new SoftAssertions();
        soft.assertThat(mailed.keySet()).isEqualTo(written.keySet());
        written.forEach((account, ids) -> soft.assertThat(List.copyOf(mailed.getOrDefault(account, Set.of())))
                .as("mails of %s", account)
                .isEqualTo(List.copyOf(ids)));
        soft.assertAll();
    }

    private static Map<AccountRef, Set<String>> byAccount(List<BillingEvent> events) {
        Map<AccountRef, Set<String>> ids = new LinkedHashMap<>();
        events.forEach(event -> ids.computeIfAbsent(event.account(), account -> new LinkedHashSet<>())
                .add(event.id()));
        return ids;
    }

    private static @Nullable String subscriptionOf(BillingEvent event) {
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            if ("subscriptionId".equals(component.getName())) {
                try {
                    return (String) component.getAccessor().invoke(event);
                } catch (IllegalAccessException | InvocationTargetException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return null;
    }
}
