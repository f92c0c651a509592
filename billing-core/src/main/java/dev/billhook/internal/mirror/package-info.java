/** How the mirror is written and brought up to date; not API. */
@NullMarked
package dev.billhook.internal.mirror;

import org.jspecify.annotations.NullMarked;
