/** Measures Billhook's hot paths against what they cannot be faster than, as ratios within one run. */
@NullMarked
package dev.billhook.benchmarks;

import org.jspecify.annotations.NullMarked;
