/** What happened to an account, as facts a host listens to; derived by the mirror, each emitted once. */
@NullMarked
package dev.billhook.event;

import org.jspecify.annotations.NullMarked;
