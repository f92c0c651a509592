/** Answers a help desk over Spring MVC. */
@NullMarked
package dev.billhook.spring.support;

import org.jspecify.annotations.NullMarked;
