package dev.billhook.simulator.page.dashboard;

/** A named value of an object. */
record Fact(String name, Cell value) {}
