package dev.billhook.event;

import dev.billhook.money.Money;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What an account has to pay.
 *
 * @param amount what is open
 * @param page where the customer can look at it and pay, or null; whoever has the link can open it
 * @since 0.1.0
 */
public record OpenBill(Money amount, @Nullable URI page) {}
