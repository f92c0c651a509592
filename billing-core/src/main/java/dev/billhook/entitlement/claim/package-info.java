/** What the access of an account follows from, and nothing besides. */
@NullMarked
package dev.billhook.entitlement.claim;

import org.jspecify.annotations.NullMarked;
