/** What this module's tests share. */
@NullMarked
package dev.billhook.stripe.testing;

import org.jspecify.annotations.NullMarked;
