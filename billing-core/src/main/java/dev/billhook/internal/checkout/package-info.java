/** How accounts are sent to hosted pages and taken back; not API. */
@NullMarked
package dev.billhook.internal.checkout;

import org.jspecify.annotations.NullMarked;
