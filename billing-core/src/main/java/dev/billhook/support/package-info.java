/** What a help desk shows beside a conversation: who the customer is, what he has and what he paid. */
@NullMarked
package dev.billhook.support;

import org.jspecify.annotations.NullMarked;
