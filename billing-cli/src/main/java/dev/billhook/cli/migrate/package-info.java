/** The command that moves subscribers of older prices to the present ones. */
@NullMarked
package dev.billhook.cli.migrate;

import org.jspecify.annotations.NullMarked;
