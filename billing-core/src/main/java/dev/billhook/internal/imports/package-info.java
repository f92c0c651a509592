/** How accounts are imported; not API. */
@NullMarked
package dev.billhook.internal.imports;

import org.jspecify.annotations.NullMarked;
