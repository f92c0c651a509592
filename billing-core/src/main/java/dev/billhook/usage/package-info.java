/** What accounts use of what is metered: recorded by the host, kept until the provider has it, told per period. */
@NullMarked
package dev.billhook.usage;

import org.jspecify.annotations.NullMarked;
