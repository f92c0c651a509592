/** How places of limited plans are given away; not API. */
@NullMarked
package dev.billhook.internal.offer;

import org.jspecify.annotations.NullMarked;
