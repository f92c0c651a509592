/** What is given back when a subscription ends at once; not API. */
@NullMarked
package dev.billhook.internal.payback;

import org.jspecify.annotations.NullMarked;
