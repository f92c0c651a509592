/** The endpoints of features and entitlements. */
@NullMarked
package dev.billhook.simulator.resource.entitlement;

import org.jspecify.annotations.NullMarked;
