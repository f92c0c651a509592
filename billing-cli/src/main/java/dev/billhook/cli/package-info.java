/** The command line: puts the commands together. */
@NullMarked
package dev.billhook.cli;

import org.jspecify.annotations.NullMarked;
