/** What is paid once and kept: lifetime plans. */
@NullMarked
package dev.billhook.purchase;

import org.jspecify.annotations.NullMarked;
