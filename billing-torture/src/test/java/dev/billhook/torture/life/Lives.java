package dev.billhook.torture.life;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.Billing;
import dev.billhook.simulator.StripeSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The lives of many accounts, one deed after the other while time goes on. The same seed gives the same lives: what is done
 * next follows from the dice and from what the simulator says, never from what a host knows. Used by one thread.
 */
public final class Lives {
    /** How often something is done with an account, on average. */
    private static final int DAYS_BETWEEN_DEEDS = 6;

    private final StripeSimulator simulator;
    private final SimulatorApi api;
    private final Dice dice;
    private final Beginnings beginnings;
    private final SubscriptionDeeds subscriptions;
    private final MoneyDeeds money;
    private final List<Person> people = new ArrayList<>();
    private final int accounts;
    private final int deeds;
    private final long meanStep;
    private int done;

    /**
     * @param desk the host as it serves its own users: registers accounts and sends them to Checkout
     * @param days how much time passes
     */
    public Lives(StripeSimulator simulator, Billing desk, long seed, int accounts, int days) {
        this.simulator = simulator;
        this.api = new SimulatorApi(simulator);
        this.dice = new Dice(seed);
        Shop shop = new Shop(api);
        this.beginnings = new Beginnings(simulator, api, desk, shop, dice);
        this.subscriptions = new SubscriptionDeeds(api, shop, dice);
        this.money = new MoneyDeeds(simulator, api, dice);
        this.accounts = accounts;
        this.deeds = Math.max(accounts * 2, accounts * days / DAYS_BETWEEN_DEEDS);
        this.meanStep = Math.max(1, Duration.ofDays(days).toSeconds() / deeds);
    }

    /** How many deeds there will be. */
    public int deeds() {
        return deeds;
    }

    /** Whether all is done. */
    public boolean over() {
        return done >= deeds;
    }

    /** All accounts so far. */
    public List<Person> people() {
        return List.copyOf(people);
    }

    /** One more deed, after a while or in the same second. */
    public void live() {
        done++;
        pass();
        // All are born in the first two thirds.
        boolean birth = people.size() < accounts * 3L * done / (2L * deeds);
        if (people.size() < accounts && birth) {
            Person person = new Person(people.size() + 1);
            people.add(person);
            beginnings.begin(person);
        } else if (!people.isEmpty()) {
            act(dice.one(people));
        }
    }

    /** The host gets to know whom it does not know yet. */
    public void end() {
        people.forEach(beginnings::register);
    }

    /** A third of all deeds falls into the second of the one before. */
    private void pass() {
        if (dice.percent(67)) {
            boolean soon = dice.percent(30);
            simulator.advance(
                    Duration.ofSeconds(soon ? dice.between(1, 90) : dice.between(1, Math.toIntExact(meanStep * 4))));
        }
    }

    private void act(Person person) {
        if (!person.registered() && dice.percent(30)) {
            beginnings.register(person);
        }
        if (!person.hasCustomer()
                || api.read("/v1/customers/" + person.customer())
                        .path("deleted")
                        .asBoolean()) {
            beginnings.makeCustomer(person);
            beginnings.subscribe(person);
            return;
        }
        if (person.clock() != null && dice.percent(50)) {
            advanceClock(person.clock());
        }
        List<JsonNode> running = beginnings.subscriptions(person).stream()
                .filter(subscription -> subscription.path("ended_at").isNull())
                .toList();
        if (running.isEmpty() && dice.percent(60)) {
            beginnings.subscribe(person);
        } else {
            deed(person, running);
        }
    }

    private void deed(Person person, List<JsonNode> running) {
        int what = dice.between(0, 99);
        if (what < 4) {
            api.delete("/v1/customers/" + person.customer());
        } else if (what < 8) {
            api.post(
                    "/v1/customers/" + person.customer(),
                    "email=new" + dice.between(1, 99) + "@example.com",
                    "metadata[seen]=" + dice.between(1, 99));
        } else if (what < 20) {
            beginnings.addCard(person.customer());
        } else if (what < 26) {
            money.card(person.customer());
        } else if (what < 36) {
            money.back(person.customer());
        } else if (what < 42) {
            money.invoice(person.customer());
        } else if (what < 45) {
            beginnings.subscribe(person);
        } else if (!running.isEmpty()) {
            change(dice.one(running), what);
        }
    }

    private void change(JsonNode subscription, int what) {
        long now = simulator.now().getEpochSecond();
        if (what < 71) {
            subscriptions.lines(subscription);
        } else if (what < 75) {
            subscriptions.discount(subscription);
        } else if (what < 87) {
            subscriptions.end(subscription, now);
        } else if (what < 92) {
            subscriptions.collection(subscription);
        } else if (what < 95) {
            subscriptions.trial(subscription, now);
        } else {
            subscriptions.schedule(subscription);
        }
    }

    private void advanceClock(String clock) {
        Instant frozen = Instant.ofEpochSecond(api.read("/v1/test_helpers/test_clocks/" + clock)
                .path("frozen_time")
                .asLong());
        api.post(
                "/v1/test_helpers/test_clocks/" + clock + "/advance",
                "frozen_time="
                        + frozen.plus(Duration.ofHours(dice.between(1, 900))).getEpochSecond());
    }
}
