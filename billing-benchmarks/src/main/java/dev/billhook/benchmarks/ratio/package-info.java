/** Runs the benchmarks and holds their figures to the limits that are to be kept. */
@NullMarked
package dev.billhook.benchmarks.ratio;

import org.jspecify.annotations.NullMarked;
