@NullMarked
package dev.billhook.internal.endpoint;

import org.jspecify.annotations.NullMarked;
