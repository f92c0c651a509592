/** Plans a limited number of accounts can have: how many places there are, and who may take one. */
@NullMarked
package dev.billhook.offer;

import org.jspecify.annotations.NullMarked;
