/** How an account's subscription changes and comes back, and the service of all that is done with one; not API. */
@NullMarked
package dev.billhook.internal.lifecycle;

import org.jspecify.annotations.NullMarked;
