/** Commands that print and create Billhook's tables. */
@NullMarked
package dev.billhook.cli.schema;

import org.jspecify.annotations.NullMarked;
