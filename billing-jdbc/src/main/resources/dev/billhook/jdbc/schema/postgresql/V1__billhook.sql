-- Billhook's tables for PostgreSQL. Instants are UTC. Every key begins with the scope: the host's name of the
-- account at the payment provider, and whether real money moves.

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
  customer_state text,
  customer_as_of timestamp(6) with time zone,
  customer_as_of_latest timestamp(6) with time zone,
  created_at timestamp(6) with time zone not null,
  version bigint not null,
  primary key (provider_account, livemode, account_type, account_id),
  constraint billing_account_customer unique (provider_account, livemode, customer_id)
);

-- The mirror of subscriptions; state is what Billhook reads, the other columns are for queries.
create table if not exists billing_subscription (
  provider_account varchar(64) not null,
  livemode boolean not null,
  subscription_id varchar(255) not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  customer_id varchar(255) not null,
  status varchar(32) not null,
  created_at timestamp(6) with time zone not null,
  trial_end timestamp(6) with time zone,
  period_start timestamp(6) with time zone,
  period_end timestamp(6) with time zone,
  cancel_at_period_end boolean not null,
  cancel_at timestamp(6) with time zone,
  canceled_at timestamp(6) with time zone,
  ended_at timestamp(6) with time zone,
  collection_paused boolean not null,
  state text not null,
  as_of timestamp(6) with time zone not null,
  as_of_latest timestamp(6) with time zone not null,
  synced_at timestamp(6) with time zone not null,
  version bigint not null,
  primary key (provider_account, livemode, subscription_id)
);
create index if not exists billing_subscription_account
  on billing_subscription (provider_account, livemode, account_type, account_id, created_at);
create index if not exists billing_subscription_created
  on billing_subscription (provider_account, livemode, created_at, subscription_id);

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
  period_start timestamp(6) with time zone not null,
  period_end timestamp(6) with time zone not null,
  primary key (provider_account, livemode, subscription_id, item_id)
);
create index if not exists billing_subscription_item_account
  on billing_subscription_item (provider_account, livemode, account_type, account_id);
create index if not exists billing_subscription_item_plan
  on billing_subscription_item (provider_account, livemode, plan_key, account_type, account_id);

-- The inbox; the payload is kept only while it can still be needed, so to compress it would cost more than the space it takes.
create table if not exists billing_webhook_event (
  provider_account varchar(64) not null,
  livemode boolean not null,
  event_id varchar(255) not null,
  event_type varchar(128) not null,
  created_at timestamp(6) with time zone not null,
  received_at timestamp(6) with time zone not null,
  status varchar(32) not null,
  attempts integer not null,
  next_attempt_at timestamp(6) with time zone,
  error varchar(2000),
  customer_id varchar(255),
  account_type varchar(32),
  account_id varchar(190),
  account_taken boolean not null,
  payload text,
  primary key (provider_account, livemode, event_id)
) with (toast_tuple_target = 8160);
alter table billing_webhook_event alter column payload set storage external;
-- Finished events, nearly all there are, need no entry.
create index if not exists billing_webhook_event_due
  on billing_webhook_event (provider_account, livemode, status, created_at, event_id, next_attempt_at)
  where status in ('PENDING', 'PARKED', 'DEAD');
create index if not exists billing_webhook_event_received
  on billing_webhook_event (provider_account, livemode, received_at, event_id);

-- Events on their way to listeners; seq gives the order within an account.
create table if not exists billing_outbox (
  provider_account varchar(64) not null,
  livemode boolean not null,
  seq bigint generated always as identity not null,
  event_id varchar(255) not null,
  listener varchar(190) not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  event_type varchar(64) not null,
  event text not null,
  status varchar(32) not null,
  attempts integer not null,
  next_attempt_at timestamp(6) with time zone not null,
  error varchar(2000),
  primary key (provider_account, livemode, event_id, listener),
  constraint billing_outbox_seq unique (seq)
);
create index if not exists billing_outbox_due
  on billing_outbox (provider_account, livemode, status, seq, next_attempt_at);
create index if not exists billing_outbox_lane
  on billing_outbox (provider_account, livemode, status, account_type, account_id, listener, seq);

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
  valid_from timestamp(6) with time zone not null,
  valid_until timestamp(6) with time zone,
  revoked_at timestamp(6) with time zone,
  created_at timestamp(6) with time zone not null,
  state text not null,
  primary key (provider_account, livemode, grant_id)
);
create index if not exists billing_grant_account
  on billing_grant (provider_account, livemode, account_type, account_id, created_at);

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
  bought_at timestamp(6) with time zone not null,
  revoked_at timestamp(6) with time zone,
  revoked_for varchar(32),
  state text not null,
  as_of timestamp(6) with time zone not null,
  as_of_latest timestamp(6) with time zone not null,
  synced_at timestamp(6) with time zone not null,
  version bigint not null,
  primary key (provider_account, livemode, purchase_id)
);
create index if not exists billing_purchase_account
  on billing_purchase (provider_account, livemode, account_type, account_id, bought_at);
create index if not exists billing_purchase_plan
  on billing_purchase (provider_account, livemode, plan_key, account_type, account_id);
create index if not exists billing_purchase_payment
  on billing_purchase (provider_account, livemode, payment_id);

-- What access follows from, a row for each subscription, purchase and grant: all a question about access reads.
create table if not exists billing_access (
  provider_account varchar(64) not null,
  livemode boolean not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  kind varchar(16) not null,
  id varchar(255) not null,
  claim text not null,
  primary key (provider_account, livemode, account_type, account_id, kind, id)
);

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
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone,
  primary key (provider_account, livemode, visit_id)
);
create unique index if not exists billing_checkout_session
  on billing_checkout (provider_account, livemode, session_id);
create index if not exists billing_checkout_account
  on billing_checkout (provider_account, livemode, account_type, account_id, kind, created_at);

-- Plans a limited number of accounts can have; a row is locked while places are counted and given away.
create table if not exists billing_offer (
  provider_account varchar(64) not null,
  livemode boolean not null,
  plan_key varchar(64) not null,
  primary key (provider_account, livemode, plan_key)
);

-- Places of such plans that are held by visits to the payment page; taken are those of accounts that have the plan.
create table if not exists billing_offer_place (
  provider_account varchar(64) not null,
  livemode boolean not null,
  plan_key varchar(64) not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  visit_id varchar(64) not null,
  held_until timestamp(6) with time zone not null,
  primary key (provider_account, livemode, plan_key, account_type, account_id)
);

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
  occurred_at timestamp(6) with time zone not null,
  recorded_at timestamp(6) with time zone not null,
  status varchar(32) not null,
  attempts integer not null,
  next_attempt_at timestamp(6) with time zone,
  unsure_since timestamp(6) with time zone,
  error varchar(2000),
  primary key (provider_account, livemode, usage_id)
);
create index if not exists billing_usage_due
  on billing_usage (provider_account, livemode, status, next_attempt_at)
  where status in ('PENDING', 'DEAD');
create index if not exists billing_usage_account
  on billing_usage (provider_account, livemode, account_type, account_id, meter, occurred_at);

-- Signing secrets of registered webhook endpoints, sealed with the host's keys.
create table if not exists billing_webhook_endpoint (
  provider_account varchar(64) not null,
  livemode boolean not null,
  endpoint_id varchar(255) not null,
  environment varchar(100) not null,
  sealed_secret varchar(500) not null,
  primary key (provider_account, livemode, endpoint_id)
);

-- Customers of an account besides its present one: former ones, and those a payment page made.
create table if not exists billing_other_customer (
  provider_account varchar(64) not null,
  livemode boolean not null,
  customer_id varchar(255) not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  primary key (provider_account, livemode, customer_id)
);
create index if not exists billing_other_customer_account
  on billing_other_customer (provider_account, livemode, account_type, account_id);

-- Facts that were told once and must not be told again.
create table if not exists billing_fact (
  provider_account varchar(64) not null,
  livemode boolean not null,
  fact varchar(255) not null,
  told_at timestamp(6) with time zone not null,
  primary key (provider_account, livemode, fact)
);
create index if not exists billing_fact_told
  on billing_fact (provider_account, livemode, told_at);

-- When accounts are to be looked at because time passes, and what they were told then.
create table if not exists billing_notice (
  provider_account varchar(64) not null,
  livemode boolean not null,
  account_type varchar(32) not null,
  account_id varchar(190) not null,
  look_at timestamp(6) with time zone,
  reminded_at timestamp(6) with time zone,
  told text not null,
  primary key (provider_account, livemode, account_type, account_id)
);
create index if not exists billing_notice_look
  on billing_notice (provider_account, livemode, look_at);

-- Where long-running jobs got to.
create table if not exists billing_cursor (
  provider_account varchar(64) not null,
  livemode boolean not null,
  name varchar(64) not null,
  reached varchar(500) not null,
  primary key (provider_account, livemode, name)
);
