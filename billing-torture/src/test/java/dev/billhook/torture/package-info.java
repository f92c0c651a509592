/** Lives through months of billing with everything that can go wrong, and then compares. */
@NullMarked
package dev.billhook.torture;

import org.jspecify.annotations.NullMarked;
