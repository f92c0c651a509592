/** The samples of the documents: they compile, and the catalogs among them are read. */
@NullMarked
package dev.billhook.spring.docs;

import org.jspecify.annotations.NullMarked;
