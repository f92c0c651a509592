/** What the pages of the dashboard are made of: their frame, tables, facts, actions and addresses. */
@NullMarked
package dev.billhook.simulator.page.dashboard.view;

import org.jspecify.annotations.NullMarked;
