/** Options that tell which Stripe account and which database. */
@NullMarked
package dev.billhook.cli.connect;

import org.jspecify.annotations.NullMarked;
