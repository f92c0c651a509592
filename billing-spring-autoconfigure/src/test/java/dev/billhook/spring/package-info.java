/** Contexts with and without each part. */
@NullMarked
package dev.billhook.spring;

import org.jspecify.annotations.NullMarked;
