/** A JUnit Jupiter extension that gives tests a running simulator. */
@NullMarked
package dev.billhook.simulator.junit;

import org.jspecify.annotations.NullMarked;
