package dev.billhook.torture;

import dev.billhook.webhook.WebhookMode;
import java.util.Arrays;
import java.util.List;

/**
 * How much torture.
 *
 * @param seed what lives and chaos follow from
 * @param accounts how many
 * @param days how long they live
 * @param nodes how many processes take the deliveries
 * @param kills how often one of them is killed
 */
record Scenario(WebhookMode mode, long seed, int accounts, int days, int nodes, int kills) {
    /** One process, killed again and again, in both modes and with all seeds. */
    static List<Scenario> convergence() {
        return Arrays.stream(System.getProperty("torture.seeds").split(",", -1))
                .map(Long::valueOf)
                .flatMap(seed -> Arrays.stream(WebhookMode.values())
                        .map(mode -> new Scenario(
                                mode,
                                seed,
                                Integer.getInteger("torture.accounts"),
                                Integer.getInteger("torture.days"),
                                1,
                                Integer.getInteger("torture.kills"))))
                .toList();
    }

    /** Several processes on one database, of which one is killed in the middle. */
    static Scenario shared() {
        return new Scenario(
                WebhookMode.QUEUED,
                Long.parseLong(System.getProperty("torture.seeds").split(",", -1)[0]),
                Integer.getInteger("torture.shared.accounts"),
                Integer.getInteger("torture.shared.days"),
                Integer.getInteger("torture.nodes"),
                1);
    }

    /** A name for files. */
    String name() {
        return mode + "-" + seed + "-" + nodes;
    }
}
