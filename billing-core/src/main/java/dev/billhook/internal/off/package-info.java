/** What stands in for a billing that is switched off; not API. */
@NullMarked
package dev.billhook.internal.off;

import org.jspecify.annotations.NullMarked;
