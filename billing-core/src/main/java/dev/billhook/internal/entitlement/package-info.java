/** How entitlements are resolved; not API. */
@NullMarked
package dev.billhook.internal.entitlement;

import org.jspecify.annotations.NullMarked;
