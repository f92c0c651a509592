/** How add-ons are added, changed and taken along; not API. */
@NullMarked
package dev.billhook.internal.addon;

import org.jspecify.annotations.NullMarked;
