// A subscription's life with Stripe's own client for Node.js: node client.mjs <base URL> <key>. Prints what it saw as JSON.
import http from 'node:http';
import {once} from 'node:events';
import Stripe from 'stripe';

const [base, key] = process.argv.slice(2);
const {hostname: host, port} = new URL(base);
const stripe = new Stripe(key, {host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false});
const seen = {};

/** The name of the error class a call fails with, and its code. */
async function failure(call) {
  try {
    await call();
    return 'none';
  } catch (error) {
    return [error.constructor.name, error.code ?? '-', error.statusCode ?? '-'].join(' ');
  }
}

// Webhooks: verified with the secret that creating the endpoint shows.
const received = [];
const refused = [];
const server = http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const payload = Buffer.concat(chunks).toString('utf8');
  const signature = request.headers['stripe-signature'];
  received.push(stripe.webhooks.constructEvent(payload, signature, secret).type);
  if (refused.length === 0) {
    refused.push(await failure(async () => stripe.webhooks.constructEvent(payload + ' ', signature, secret)));
  }
  response.end();
  server.emit('received');
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const {secret} = await stripe.webhookEndpoints.create({
  url: `http://127.0.0.1:${server.address().port}/`,
  enabled_events: ['customer.subscription.created', 'invoice.paid'],
});

// Customer, payment method, subscription, preview.
const clock = await stripe.testHelpers.testClocks.create({frozen_time: Date.UTC(2027, 0, 31) / 1000});
const product = await stripe.products.create({name: 'Podcast'});
const recurring = {interval: 'month'};
const small = await stripe.prices.create({product: product.id, currency: 'eur', unit_amount: 1000, recurring});
const large = await stripe.prices.create({product: product.id, currency: 'eur', unit_amount: 3000, recurring});
const customer = await stripe.customers.create({email: 'jane@example.com', test_clock: clock.id, metadata: {plan: 'small'}});
const method = await stripe.paymentMethods.attach('pm_card_visa', {customer: customer.id});
await stripe.customers.update(customer.id, {invoice_settings: {default_payment_method: method.id}});
const subscription = await stripe.subscriptions.create({
  customer: customer.id,
  items: [{price: small.id}],
  expand: ['latest_invoice.payments'],
});
seen.subscription = [subscription.status, subscription.latest_invoice.status, subscription.latest_invoice.amount_paid];
const item = subscription.items.data[0];
const preview = await stripe.invoices.createPreview({
  subscription: subscription.id,
  subscription_details: {items: [{id: item.id, price: large.id}], proration_behavior: 'always_invoice', proration_date: item.current_period_start},
});
seen.preview = preview.amount_due;

// Time, and what it brought about.
await stripe.testHelpers.testClocks.advance(clock.id, {frozen_time: Date.UTC(2027, 1, 28, 2) / 1000});
const renewed = await stripe.subscriptions.retrieve(subscription.id);
seen.periodStart = new Date(renewed.items.data[0].current_period_start * 1000).toISOString();
seen.invoices = [];
for await (const invoice of stripe.invoices.list({subscription: subscription.id, limit: 1})) {
  seen.invoices.push(`${invoice.billing_reason} ${invoice.status}`);
}
const events = await stripe.events.list({types: ['invoice.paid', 'customer.subscription.updated'], limit: 100});
seen.events = [...new Set(events.data.map((event) => event.type))].sort();

// Pages of lists, one after the other.
for (let i = 0; i < 6; i++) {
  await stripe.coupons.create({percent_off: 10 + i, duration: 'once', name: `Coupon ${i}`});
}
seen.coupons = (await stripe.coupons.list({limit: 2}).autoPagingToArray({limit: 100})).map(({name}) => name);

// Errors by class.
const other = new Stripe('sk_live_wrong_mode', {host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false});
seen.errors = [
  await failure(() => stripe.customers.retrieve('cus_none')),
  await failure(() => stripe.customers.create({colour: 'red'})),
  await failure(() => stripe.paymentIntents.create({amount: 500, currency: 'eur', payment_method: 'pm_card_chargeDeclined', confirm: true, return_url: base})),
  await failure(() => other.customers.list()),
];
await fetch(`${base}/_sim/rate_limit`, {method: 'POST', body: 'requests=1'});
seen.errors.push(await failure(() => stripe.customers.list()));

// The same key is the same request.
const options = {idempotencyKey: 'order-1'};
const first = await stripe.customers.create({name: 'Jane'}, options);
const again = await stripe.customers.create({name: 'Jane'}, options);
seen.idempotent = first.id === again.id;
seen.errors.push(await failure(() => stripe.customers.create({name: 'Joan'}, options)));

while (received.length < 3) {
  await once(server, 'received');
}
seen.webhooks = received;
seen.forged = refused;
server.close();
console.log(JSON.stringify(seen));
