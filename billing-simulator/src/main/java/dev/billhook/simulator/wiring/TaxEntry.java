package dev.billhook.simulator.wiring;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What automatic tax collects of customers in a country, or in one state of it. */
public record TaxEntry(String country, @Nullable String state, BigDecimal percentage) {}
