package dev.billhook.simulator.spi;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Sees what a simulator says, for example to compare it with Stripe's own types. Implementations are found by
 * {@link java.util.ServiceLoader}, called on the simulator's threads and by several of them at once; they must not change what
 * they are given.
 */
public interface ExchangeObserver {
    /** An API request has been answered. */
    void exchange(Exchange exchange);

    /** An event has been recorded, in the form in which endpoints get it. */
    void event(JsonNode event);
}
