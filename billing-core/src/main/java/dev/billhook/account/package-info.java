/** Whom the host bills: the account, named by the host's own key, and what is known of its customer at the payment provider. */
@NullMarked
package dev.billhook.account;

import org.jspecify.annotations.NullMarked;
