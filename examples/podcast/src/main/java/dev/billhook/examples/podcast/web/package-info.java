/** What all pages share: request context, forgery protection, error pages. */
@NullMarked
package dev.billhook.examples.podcast.web;

import org.jspecify.annotations.NullMarked;
