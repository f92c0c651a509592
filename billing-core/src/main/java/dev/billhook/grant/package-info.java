/** Access that is given, not bought: complimentary, grandfathered, for a time, for single features. */
@NullMarked
package dev.billhook.grant;

import org.jspecify.annotations.NullMarked;
