/** What long jobs share: the pace of their calls, and their counts; not API. */
@NullMarked
package dev.billhook.internal.pace;

import org.jspecify.annotations.NullMarked;
