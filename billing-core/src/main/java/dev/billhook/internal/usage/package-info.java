/** How recorded usage gets to the provider; not API. */
@NullMarked
package dev.billhook.internal.usage;

import org.jspecify.annotations.NullMarked;
