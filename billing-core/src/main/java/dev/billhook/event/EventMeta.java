package dev.billhook.event;

import dev.billhook.account.AccountRef;
import java.time.Instant;

/**
 * What every event carries.
 *
 * @param id stable: the same fact has the same id however often it is delivered
 * @param account whom it concerns
 * @param occurredAt the provider's time of the change (UTC, whole seconds)
 * @since 0.1.0
 */
public record EventMeta(String id, AccountRef account, Instant occurredAt) {}
