/** Taking in a subscription's snapshot: by Billhook's stores, by Jdbi, and by JDBC written by hand. */
@NullMarked
package dev.billhook.benchmarks.snapshot;

import org.jspecify.annotations.NullMarked;
