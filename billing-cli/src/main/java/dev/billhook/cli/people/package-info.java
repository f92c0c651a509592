/** The commands about accounts: taking them in, and giving them access. */
@NullMarked
package dev.billhook.cli.people;

import org.jspecify.annotations.NullMarked;
