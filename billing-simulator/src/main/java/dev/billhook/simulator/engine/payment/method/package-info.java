/** What is paid with: cards, their test numbers and tokens, payment methods. */
@NullMarked
package dev.billhook.simulator.engine.payment.method;

import org.jspecify.annotations.NullMarked;
