/** What an account does with its subscriptions from the first to the last: the commands, and what they are asked and answer. */
@NullMarked
package dev.billhook.lifecycle;

import org.jspecify.annotations.NullMarked;
