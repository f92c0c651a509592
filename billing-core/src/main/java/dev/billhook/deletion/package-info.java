/** Deletes accounts: what is personal goes, what accounting needs stays without a name. */
@NullMarked
package dev.billhook.deletion;

import org.jspecify.annotations.NullMarked;
