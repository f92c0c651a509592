/** How subscriptions end, and what is given back then; not API. */
@NullMarked
package dev.billhook.internal.ending;

import org.jspecify.annotations.NullMarked;
