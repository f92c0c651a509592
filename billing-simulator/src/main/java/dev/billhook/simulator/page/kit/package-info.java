/** What every page is made with: templates, the guard, messages and safe links. */
@NullMarked
package dev.billhook.simulator.page.kit;

import org.jspecify.annotations.NullMarked;
