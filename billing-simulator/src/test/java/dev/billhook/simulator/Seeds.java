package dev.billhook.simulator;

import java.util.stream.LongStream;

/** Seeds of random cases: a few in every build, as many as wanted with {@code -Dbillhook.seeds=500}. The seed replays its case. */
final class Seeds {
    private Seeds() {}

    static LongStream atLeast(int few) {
        return LongStream.rangeClosed(1, Math.max(few, Integer.getInteger("billhook.seeds", few)));
    }
}
