@NullMarked
package dev.billhook.spring.accounts;

import org.jspecify.annotations.NullMarked;
