/** How access is given; not API. */
@NullMarked
package dev.billhook.internal.grant;

import org.jspecify.annotations.NullMarked;
