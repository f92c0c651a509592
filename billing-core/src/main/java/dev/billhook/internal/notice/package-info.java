/** How accounts are told by time; not API. */
@NullMarked
package dev.billhook.internal.notice;

import org.jspecify.annotations.NullMarked;
