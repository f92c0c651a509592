/** How the mirror is compared with the provider; not API. */
@NullMarked
package dev.billhook.internal.reconcile;

import org.jspecify.annotations.NullMarked;
