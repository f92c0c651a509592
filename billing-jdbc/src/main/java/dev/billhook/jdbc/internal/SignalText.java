package dev.billhook.jdbc.internal;

import dev.billhook.ProviderScope;
import dev.billhook.spi.signal.AccessSignals.Receiver;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is written into a notification: {@code scope:node:marks}. A node takes what others of its scope sent.
 *
 * @param scope whose rows changed
 * @param node who sends
 */
public record SignalText(String scope, String node) {
    private static final String ALL = "*";

    /** PostgreSQL takes less than 8000 bytes, and a mark takes nine. */
    private static final int MOST = 500;

    /** The texts of a new node. */
    public static SignalText ofNode(ProviderScope scope) {
        return new SignalText(
                scope.account() + (scope.livemode() ? "/live" : "/test"),
                UUID.randomUUID().toString());
    }

    /** The notification for these marks. */
    public String write(Set<Integer> marks) {
        String list = marks.size() > MOST
                ? ALL
                : marks.stream().sorted().map(Integer::toHexString).collect(Collectors.joining(","));
        return scope + ":" + node + ":" + list;
    }

    /** Tells the receiver what a notification says, if it is for this node. */
    public void read(String text, Receiver receiver) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3 || !parts[0].equals(scope) || parts[1].equals(node)) {
            return;
        }
        if (parts[2].equals(ALL)) {
            receiver.allChanged();
        } else {
            receiver.changed(Arrays.stream(parts[2].split(","))
                    .map(mark -> Integer.parseUnsignedInt(mark, 16))
                    .collect(Collectors.toSet()));
        }
    }
}
