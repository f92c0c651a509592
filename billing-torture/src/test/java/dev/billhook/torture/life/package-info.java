/** Random lives of accounts at the simulator. */
@NullMarked
package dev.billhook.torture.life;

import org.jspecify.annotations.NullMarked;
