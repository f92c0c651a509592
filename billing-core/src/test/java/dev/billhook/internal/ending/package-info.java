/** Tests of what is given back when a subscription ends at once. */
@NullMarked
package dev.billhook.internal.ending;

import org.jspecify.annotations.NullMarked;
