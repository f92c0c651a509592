package dev.billhook.torture.host;

import dev.billhook.webhook.WebhookMode;
import java.time.Duration;
import java.util.List;

/**
 * How a host is set up; can be written as the arguments of a process.
 *
 * @param database JDBC URL
 * @param provider address of the simulator
 * @param secrets of all endpoints
 * @param ahead how far its clock is ahead: who comes up after a crash comes up later
 */
public record HostConfig(String database, String provider, List<String> secrets, WebhookMode mode, Duration ahead) {
    /** The same host some time later. */
    public HostConfig later(Duration time) {
        return new HostConfig(database, provider, secrets, mode, ahead.plus(time));
    }

    List<String> toArguments() {
        return List.of(database, provider, String.join(",", secrets), mode.name(), ahead.toString());
    }

    static HostConfig ofArguments(String... arguments) {
        return new HostConfig(
                arguments[0],
                arguments[1],
                List.of(arguments[2].split(",", -1)),
                WebhookMode.valueOf(arguments[3]),
                Duration.parse(arguments[4]));
    }
}
