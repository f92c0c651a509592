package dev.billhook.internal.turn;

/** The turn was taken for abandoned and somebody else has it. */
final class TurnLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TurnLost() {
        super("Another server has taken this account's turn");
    }
}
