package dev.billhook.simulator.page.kit;

/** A named amount below a list of lines. */
public record Sum(String label, String amount) {}
