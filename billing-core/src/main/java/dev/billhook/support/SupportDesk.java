package dev.billhook.support;

import java.util.List;

/**
 * Answers a help desk that asks, for each conversation it shows, who the customer is: Help Scout's dynamic apps, or any other that
 * posts a customer's e-mail address and shows the HTML it gets. Thread-safe.
 *
 * @since 0.1.0
 */
public interface SupportDesk {
    /**
     * Answers a request to the host's endpoint: 200 with {@code {"html": "…"}}; 401 if neither signature nor token is right,
     * 400 if the body names no e-mail address, 413 if it is too large. Where the provider or the database cannot be reached the HTML
     * says so. Nothing of the request is logged.
     */
    SupportAnswer answer(SupportRequest request);

    /**
     * All customers of an e-mail address: those of the accounts the host knows by it, and those the provider has it of; each
     * once, the newest first.
     *
     * @param email written in any case
     * @throws IllegalArgumentException if it is no e-mail address
     * @throws dev.billhook.error.ProviderException if the provider refuses or cannot be reached
     * @throws dev.billhook.StoreException if the database cannot be read
     */
    List<CustomerSummary> find(String email);
}
