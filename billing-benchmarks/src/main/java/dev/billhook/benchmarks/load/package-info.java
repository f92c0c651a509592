/** Webhooks under load: receivers and a generator in processes of their own, measured in turns against bare receivers. */
@NullMarked
package dev.billhook.benchmarks.load;

import org.jspecify.annotations.NullMarked;
