package dev.billhook.internal;

import dev.billhook.unit.UnitSource;
import org.jspecify.annotations.Nullable;

/**
 * What units, trials and add-ons are decided by.
 *
 * @param unitSource what the host counts, or null
 */
public record ExtraRules(@Nullable UnitSource unitSource) {}
