/** What may watch a simulator from outside: implementations are found by {@link java.util.ServiceLoader}. */
@NullMarked
package dev.billhook.simulator.spi;

import org.jspecify.annotations.NullMarked;
