/** Free trials: who gets one, how it is extended or ended, and what comes of a trial nobody uses. */
@NullMarked
package dev.billhook.trial;

import org.jspecify.annotations.NullMarked;
