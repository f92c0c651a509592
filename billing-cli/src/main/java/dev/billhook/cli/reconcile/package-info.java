/** The command that compares the mirror with Stripe. */
@NullMarked
package dev.billhook.cli.reconcile;

import org.jspecify.annotations.NullMarked;
