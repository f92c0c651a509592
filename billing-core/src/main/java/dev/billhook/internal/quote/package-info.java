/** How offers are made and accepted; not API. */
@NullMarked
package dev.billhook.internal.quote;

import org.jspecify.annotations.NullMarked;
