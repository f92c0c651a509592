/** How the catalog is published; not API. */
@NullMarked
package dev.billhook.internal.catalog;

import org.jspecify.annotations.NullMarked;
