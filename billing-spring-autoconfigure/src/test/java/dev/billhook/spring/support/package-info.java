@NullMarked
package dev.billhook.spring.support;

import org.jspecify.annotations.NullMarked;
