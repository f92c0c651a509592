@NullMarked
package dev.billhook.internal.support;

import org.jspecify.annotations.NullMarked;
