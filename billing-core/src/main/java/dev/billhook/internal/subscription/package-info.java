/** How subscriptions are changed; not API. */
@NullMarked
package dev.billhook.internal.subscription;

import org.jspecify.annotations.NullMarked;
