package dev.billhook.migration;

import java.util.function.Consumer;

/**
 * Moves subscribers of older prices of plans to the plans' present prices. Without it they stay where they are. Thread-safe;
 * two runs of one name at once do no harm, but do the work twice.
 *
 * @since 0.1.0
 */
public interface PriceMigration {
    /**
     * Tells what a run would do, by what the mirror knows. Changes nothing.
     *
     * @throws dev.billhook.NotFoundException if the catalog has no plan the request names
     * @throws dev.billhook.error.ProviderException if the prices cannot be read
     */
    MigrationPlan dryRun(MigrationRequest request);

    /**
     * Does it, subscription by subscription, newest first; each is read from the provider before it is decided. What is moved
     * already is left alone, so a second run changes nothing. A run that failed or whose process died is gone on with by the
     * next one of its name. If the provider asks for patience, the run waits and repeats, with the same request keys.
     *
     * @param progress told of each subscription that is concerned, once it is done or left; what it throws ends the run
     * @throws dev.billhook.NotFoundException if the catalog has no plan the request names, or there is no such promotion code
     * @throws dev.billhook.error.ProviderException if the provider cannot be reached for long, or refuses the key; run again
     *     to go on
     */
    MigrationReport run(MigrationRequest request, Consumer<MigrationStep> progress);
}
