/** The story of one account in plain Java, without a framework. */
@NullMarked
package dev.billhook.examples.quickstart;

import org.jspecify.annotations.NullMarked;
