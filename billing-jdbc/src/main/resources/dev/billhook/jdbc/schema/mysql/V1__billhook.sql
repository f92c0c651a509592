-- Billhook's tables for MySQL and MariaDB. Instants are UTC in columns without a time zone. Keys compare byte by
-- byte. Every key begins with the scope: the host's name of the account at the payment provider, and whether real money
-- moves.

-- What the host bills, and the customer behind it.
create table if not exists billing_account (
  provider_account varchar(64) not null,
  livemode boolean not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  email varchar(512),
  name varchar(500),
  customer_id varchar(255),
  customer_currency char(3),
  delinquent boolean not null,
  customer_deleted boolean not null,
  customer_state longtext,
  customer_as_of datetime(6) null,
  customer_as_of_latest datetime(6) null,
  created_at datetime(6) not null,
  version bigint not null,
  primary key (provider_account, livemode, account_type, account_id),
  unique key billing_account_customer (provider_account, livemode, customer_id)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- The mirror of subscriptions; state is what Billhook reads, the other columns are for queries.
create table if not exists billing_subscription (
  provider_account varchar(64) not null,
  livemode boolean not null,
  subscription_id varchar(255) not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  customer_id varchar(255) not null,
  status varchar(32) not null,
  created_at datetime(6) not null,
  trial_end datetime(6) null,
  period_start datetime(6) null,
  period_end datetime(6) null,
  cancel_at_period_end boolean not null,
  cancel_at datetime(6) null,
  canceled_at datetime(6) null,
  ended_at datetime(6) null,
  collection_paused boolean not null,
  state longtext not null,
  as_of datetime(6) not null,
  as_of_latest datetime(6) not null,
  synced_at datetime(6) not null,
  version bigint not null,
  primary key (provider_account, livemode, subscription_id),
  key billing_subscription_account (provider_account, livemode, account_type, account_id, created_at),
  key billing_subscription_created (provider_account, livemode, created_at, subscription_id)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- The lines of subscriptions, for queries.
create table if not exists billing_subscription_item (
  provider_account varchar(64) not null,
  livemode boolean not null,
  subscription_id varchar(255) not null,
  item_id varchar(255) not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  price_id varchar(255) not null,
  plan_key varchar(64),
  quantity bigint not null,
  period_start datetime(6) not null,
  period_end datetime(6) not null,
  primary key (provider_account, livemode, subscription_id, item_id),
  key billing_subscription_item_account (provider_account, livemode, account_type, account_id),
  key billing_subscription_item_plan (provider_account, livemode, plan_key, account_type, account_id)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- The inbox; the payload is kept only while it can still be needed.
create table if not exists billing_webhook_event (
  provider_account varchar(64) not null,
  livemode boolean not null,
  event_id varchar(255) not null,
  event_type varchar(128) not null,
  created_at datetime(6) not null,
  received_at datetime(6) not null,
  status varchar(32) not null,
  attempts integer not null,
  next_attempt_at datetime(6) null,
  error varchar(2000),
  customer_id varchar(255),
  account_type varchar(32),
  account_id varchar(190),
  account_taken boolean not null,
  payload longtext,
  primary key (provider_account, livemode, event_id),
  key billing_webhook_event_due (provider_account, livemode, status, created_at, event_id, next_attempt_at),
  key billing_webhook_event_received (provider_account, livemode, received_at, event_id)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- Events on their way to listeners; seq gives the order within an account.
create table if not exists billing_outbox (
  provider_account varchar(64) not null,
  livemode boolean not null,
  seq bigint not null auto_increment,
  event_id varchar(255) not null,
  listener varchar(190) not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  event_type varchar(64) not null,
  event longtext not null,
  status varchar(32) not null,
  attempts integer not null,
  next_attempt_at datetime(6) not null,
  error varchar(2000),
  primary key (provider_account, livemode, event_id, listener),
  unique key billing_outbox_seq (seq),
  key billing_outbox_due (provider_account, livemode, status, seq, next_attempt_at),
  key billing_outbox_lane (provider_account, livemode, status, account_type, account_id, listener, seq)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- Access that was given, not bought; state is what Billhook reads, the other columns are for queries.
create table if not exists billing_grant (
  provider_account varchar(64) not null,
  livemode boolean not null,
  grant_id varchar(255) not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  plan_key varchar(64),
  units bigint,
  feature varchar(255),
  valid_from datetime(6) not null,
  valid_until datetime(6),
  revoked_at datetime(6),
  created_at datetime(6) not null,
  state longtext not null,
  primary key (provider_account, livemode, grant_id),
  key billing_grant_account (provider_account, livemode, account_type, account_id, created_at)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- What was paid for once; state is what Billhook reads, the other columns are for queries.
create table if not exists billing_purchase (
  provider_account varchar(64) not null,
  livemode boolean not null,
  purchase_id varchar(255) not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  customer_id varchar(255) not null,
  plan_key varchar(64) not null,
  units bigint not null,
  payment_id varchar(255),
  bought_at datetime(6) not null,
  revoked_at datetime(6),
  revoked_for varchar(32),
  state longtext not null,
  as_of datetime(6) not null,
  as_of_latest datetime(6) not null,
  synced_at datetime(6) not null,
  version bigint not null,
  primary key (provider_account, livemode, purchase_id),
  key billing_purchase_account (provider_account, livemode, account_type, account_id, bought_at),
  key billing_purchase_plan (provider_account, livemode, plan_key, account_type, account_id),
  key billing_purchase_payment (provider_account, livemode, payment_id)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- What access follows from, a row for each subscription, purchase and grant: all a question about access reads.
create table if not exists billing_access (
  provider_account varchar(64) not null,
  livemode boolean not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  kind varchar(16) not null,
  id varchar(255) not null,
  claim longtext not null,
  primary key (provider_account, livemode, account_type, account_id, kind, id)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- Visits to the payment page.
create table if not exists billing_checkout (
  provider_account varchar(64) not null,
  livemode boolean not null,
  visit_id varchar(64) not null,
  kind varchar(32) not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  plan_key varchar(64),
  units bigint not null,
  offer varchar(64) not null,
  status varchar(32) not null,
  session_id varchar(255),
  url varchar(4000),
  created_at datetime(6) not null,
  expires_at datetime(6),
  primary key (provider_account, livemode, visit_id),
  unique key billing_checkout_session (provider_account, livemode, session_id),
  key billing_checkout_account (provider_account, livemode, account_type, account_id, kind, created_at)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- Plans a limited number of accounts can have; a row is locked while places are counted and given away.
create table if not exists billing_offer (
  provider_account varchar(64) not null,
  livemode boolean not null,
  plan_key varchar(64) not null,
  primary key (provider_account, livemode, plan_key)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- Places of such plans that are held by visits to the payment page; taken are those of accounts that have the plan.
create table if not exists billing_offer_place (
  provider_account varchar(64) not null,
  livemode boolean not null,
  plan_key varchar(64) not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  visit_id varchar(64) not null,
  held_until datetime(6) not null,
  primary key (provider_account, livemode, plan_key, account_type, account_id)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- What accounts used of metered plans, on its way to the provider and after.
create table if not exists billing_usage (
  provider_account varchar(64) not null,
  livemode boolean not null,
  usage_id varchar(64) not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  meter varchar(100) not null,
  usage_key varchar(190) not null,
  quantity bigint not null,
  occurred_at datetime(6) not null,
  recorded_at datetime(6) not null,
  status varchar(32) not null,
  attempts integer not null,
  next_attempt_at datetime(6),
  unsure_since datetime(6),
  error varchar(2000),
  primary key (provider_account, livemode, usage_id),
  key billing_usage_due (provider_account, livemode, status, next_attempt_at),
  key billing_usage_account (provider_account, livemode, account_type, account_id, meter, occurred_at)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- Signing secrets of registered webhook endpoints, sealed with the host's keys.
create table if not exists billing_webhook_endpoint (
  provider_account varchar(64) not null,
  livemode boolean not null,
  endpoint_id varchar(255) not null,
  environment varchar(100) not null,
  sealed_secret varchar(500) not null,
  primary key (provider_account, livemode, endpoint_id)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- Customers of an account besides its present one: former ones, and those a payment page made.
create table if not exists billing_other_customer (
  provider_account varchar(64) not null,
  livemode boolean not null,
  customer_id varchar(255) not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  primary key (provider_account, livemode, customer_id),
  key billing_other_customer_account (provider_account, livemode, account_type, account_id)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- Facts that were told once and must not be told again.
create table if not exists billing_fact (
  provider_account varchar(64) not null,
  livemode boolean not null,
  fact varchar(255) not null,
  told_at datetime(6) not null,
  primary key (provider_account, livemode, fact),
  key billing_fact_told (provider_account, livemode, told_at)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- When accounts are to be looked at because time passes, and what they were told then.
create table if not exists billing_notice (
  provider_account varchar(64) not null,
  livemode boolean not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  look_at datetime(6),
  reminded_at datetime(6),
  told longtext not null,
  primary key (provider_account, livemode, account_type, account_id),
  key billing_notice_look (provider_account, livemode, look_at)
) default charset = utf8mb4 collate = utf8mb4_bin;

-- Where long-running jobs got to.
create table if not exists billing_cursor (
  provider_account varchar(64) not null,
  livemode boolean not null,
  name varchar(64) not null,
  reached varchar(500) not null,
  primary key (provider_account, livemode, name)
) default charset = utf8mb4 collate = utf8mb4_bin;
