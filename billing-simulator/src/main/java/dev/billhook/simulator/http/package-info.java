/** The wire: a small HTTP/1.1 listener, form decoding, and the seam through which hosted pages are served. */
@NullMarked
package dev.billhook.simulator.http;

import org.jspecify.annotations.NullMarked;
