/** The simulator inside an application. */
@NullMarked
package dev.billhook.spring.simulator;

import org.jspecify.annotations.NullMarked;
