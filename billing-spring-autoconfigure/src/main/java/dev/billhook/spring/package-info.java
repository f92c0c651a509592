/** Wires Billhook into a Spring Boot application: catalog, clock, policies, listeners and the billing itself. */
@NullMarked
package dev.billhook.spring;

import org.jspecify.annotations.NullMarked;
