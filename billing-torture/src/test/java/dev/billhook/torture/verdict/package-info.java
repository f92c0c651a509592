/** What must be true at the end. */
@NullMarked
package dev.billhook.torture.verdict;

import org.jspecify.annotations.NullMarked;
