/** How webhook endpoints are registered and their secrets kept; not API. */
@NullMarked
package dev.billhook.internal.endpoint;

import org.jspecify.annotations.NullMarked;
