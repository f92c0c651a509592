/** What the use cases promise, told against a provider and stores in memory. */
@NullMarked
package dev.billhook.internal;

import org.jspecify.annotations.NullMarked;
