/** Further accounts at Stripe that are described by properties. */
@NullMarked
package dev.billhook.spring.accounts;

import org.jspecify.annotations.NullMarked;
