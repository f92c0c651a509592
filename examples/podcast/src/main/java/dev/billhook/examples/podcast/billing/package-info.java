/** The running subscription: portal, plan changes, seats. */
@NullMarked
package dev.billhook.examples.podcast.billing;

import org.jspecify.annotations.NullMarked;
