/** The endpoints of tax rates and tax ids. */
@NullMarked
package dev.billhook.simulator.resource.tax;

import org.jspecify.annotations.NullMarked;
