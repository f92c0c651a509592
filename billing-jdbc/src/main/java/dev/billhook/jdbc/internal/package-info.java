/** Runs SQL and transactions for the stores; no API. */
@NullMarked
package dev.billhook.jdbc.internal;

import org.jspecify.annotations.NullMarked;
