/** How events reach listeners; not API. */
@NullMarked
package dev.billhook.internal.event;

import org.jspecify.annotations.NullMarked;
