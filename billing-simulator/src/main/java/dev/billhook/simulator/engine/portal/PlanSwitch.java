package dev.billhook.simulator.engine.portal;

/**
 * What a customer wants to switch to.
 *
 * @param price the price's id
 * @param code the text of a promotion code as it was typed; empty for none
 */
public record PlanSwitch(String price, long quantity, String code) {}
