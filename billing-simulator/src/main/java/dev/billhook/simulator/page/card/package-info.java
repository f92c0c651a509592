/** Cards on pages: the form they are typed into, and the 3-D Secure step. */
@NullMarked
package dev.billhook.simulator.page.card;

import org.jspecify.annotations.NullMarked;
