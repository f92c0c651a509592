/** One account through three years, charged as an accountant beside works it out. */
@NullMarked
package dev.billhook.torture.account;

import org.jspecify.annotations.NullMarked;
