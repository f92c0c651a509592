/** Takes in users a host had before: accounts, the customers they have at the provider already, and access they keep. */
@NullMarked
package dev.billhook.imports;

import org.jspecify.annotations.NullMarked;
