package dev.billhook.simulator.page.dashboard.view;

/** A named value of an object. */
public record Fact(String name, Cell value) {}
