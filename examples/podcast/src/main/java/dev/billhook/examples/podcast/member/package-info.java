/** Who uses the application: sign-up, login, and the account that billing knows them by. */
@NullMarked
package dev.billhook.examples.podcast.member;

import org.jspecify.annotations.NullMarked;
