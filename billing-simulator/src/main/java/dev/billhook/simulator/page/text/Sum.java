package dev.billhook.simulator.page.text;

/** A named amount below a list of lines. */
public record Sum(String label, String amount) {}
