/** An account's subscriptions as the mirror knows them, and the commands that change them. */
@NullMarked
package dev.billhook.subscription;

import org.jspecify.annotations.NullMarked;
