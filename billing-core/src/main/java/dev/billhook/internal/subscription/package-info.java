/** What all parts that change subscriptions work with: which one is meant, commands, conversions; not API. */
@NullMarked
package dev.billhook.internal.subscription;

import org.jspecify.annotations.NullMarked;
