/** What every command shares: the streams it talks through and how its failures are told. */
@NullMarked
package dev.billhook.cli.shell;

import org.jspecify.annotations.NullMarked;
