/** Shows operators what waits and what failed: an actuator endpoint, health and meters. */
@NullMarked
package dev.billhook.spring.actuate;

import org.jspecify.annotations.NullMarked;
