@NullMarked
package dev.billhook.internal.usage;

import org.jspecify.annotations.NullMarked;
