/** How long jobs keep to the provider's pace; not API. */
@NullMarked
package dev.billhook.internal.pace;

import org.jspecify.annotations.NullMarked;
