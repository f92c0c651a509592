/** What accounts are told because time passes: trials that end, cards that expire, access that is limited or closed. */
@NullMarked
package dev.billhook.notice;

import org.jspecify.annotations.NullMarked;
