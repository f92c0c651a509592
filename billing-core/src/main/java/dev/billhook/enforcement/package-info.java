/** Whether what access rules decide is enforced, or only watched while billing is being introduced. */
@NullMarked
package dev.billhook.enforcement;

import org.jspecify.annotations.NullMarked;
