/** Commands that check a catalog file and bring a Stripe account in line with it. */
@NullMarked
package dev.billhook.cli.catalog;

import org.jspecify.annotations.NullMarked;
