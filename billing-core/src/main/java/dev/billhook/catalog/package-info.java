/** What is for sale: products, plans, prices, trials, features and limits, read from one file. */
@NullMarked
package dev.billhook.catalog;

import org.jspecify.annotations.NullMarked;
