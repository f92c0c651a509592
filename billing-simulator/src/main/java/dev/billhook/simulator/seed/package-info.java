/** Test accounts in any state, made by driving the API as a client would. */
@NullMarked
package dev.billhook.simulator.seed;

import org.jspecify.annotations.NullMarked;
