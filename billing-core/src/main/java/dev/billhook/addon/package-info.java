/** Add-ons: what an account has on top of its plan. */
@NullMarked
package dev.billhook.addon;

import org.jspecify.annotations.NullMarked;
