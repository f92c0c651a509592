package dev.billhook.benchmarks.snapshot;

/** The statements of taking in a subscription's snapshot, with named parameters. */
final class HotPath {
    static final String LOCK = """
            select account_type, account_id, email, name, customer_state, customer_as_of, customer_as_of_latest,
              created_at, version
            from billing_account
            where provider_account = :provider_account and livemode = :livemode and customer_id = :customer_id
            for update""";

    static final String FIND = """
            select account_type, account_id, customer_id, state, as_of, as_of_latest, synced_at, version
            from billing_subscription
            where provider_account = :provider_account and livemode = :livemode and subscription_id = :subscription_id""";

    static final String UPDATE = """
            update billing_subscription
            set account_type = :account_type, account_id = :account_id, customer_id = :customer_id, status = :status,
              created_at = :created_at, trial_end = :trial_end, period_start = :period_start, period_end = :period_end,
              cancel_at_period_end = :cancel_at_period_end, cancel_at = :cancel_at, canceled_at = :canceled_at,
              ended_at = :ended_at, collection_paused = :collection_paused, state = :state, as_of = :as_of, as_of_latest = :as_of_latest,
              synced_at = :synced_at, version = :version
            where provider_account = :provider_account and livemode = :livemode and subscription_id = :subscription_id
              and version = :version - 1""";

    static final String DELETE_ITEMS = """
            delete from billing_subscription_item
            where provider_account = :provider_account and livemode = :livemode and subscription_id = :subscription_id""";

    static final String INSERT_ITEM = """
            insert into billing_subscription_item (
              provider_account, livemode, subscription_id, item_id, account_type, account_id, price_id, plan_key, quantity,
              period_start, period_end)
            values (
              :provider_account, :livemode, :subscription_id, :item_id, :account_type, :account_id, :price_id, :plan_key,
              :quantity, :period_start, :period_end)""";

    private HotPath() {}

    /** The statement for plain JDBC. */
    static String positional(String statement) {
        return statement.replaceAll(":[a-z_]+", "?");
    }
}
