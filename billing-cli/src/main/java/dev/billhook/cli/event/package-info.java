/** Commands that look at and decide about events that came in and events that go out. */
@NullMarked
package dev.billhook.cli.event;

import org.jspecify.annotations.NullMarked;
