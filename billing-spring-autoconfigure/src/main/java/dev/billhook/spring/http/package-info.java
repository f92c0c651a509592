/** What endpoints of ours have in common; not API. */
@NullMarked
package dev.billhook.spring.http;

import org.jspecify.annotations.NullMarked;
