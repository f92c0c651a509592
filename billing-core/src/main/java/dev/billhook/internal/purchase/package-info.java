/** How one-time purchases are made, kept and taken back; not API. */
@NullMarked
package dev.billhook.internal.purchase;

import org.jspecify.annotations.NullMarked;
