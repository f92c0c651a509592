/** How units are changed; not API. */
@NullMarked
package dev.billhook.internal.unit;

import org.jspecify.annotations.NullMarked;
