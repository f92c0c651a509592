/** How accounts are registered and get their customer; not API. */
@NullMarked
package dev.billhook.internal.account;

import org.jspecify.annotations.NullMarked;
