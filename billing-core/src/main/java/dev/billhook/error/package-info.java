/** What can go wrong at the payment provider, each kind a type. */
@NullMarked
package dev.billhook.error;

import org.jspecify.annotations.NullMarked;
