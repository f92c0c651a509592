/** What an account may do now: pure rules over the mirror, as features, limits and an access state. */
@NullMarked
package dev.billhook.entitlement;

import org.jspecify.annotations.NullMarked;
