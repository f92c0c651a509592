/** Where Stripe delivers events to, from a shell. */
@NullMarked
package dev.billhook.cli.endpoint;

import org.jspecify.annotations.NullMarked;
