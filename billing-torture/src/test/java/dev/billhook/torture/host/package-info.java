/** A host in processes of its own that can be killed. */
@NullMarked
package dev.billhook.torture.host;

import org.jspecify.annotations.NullMarked;
