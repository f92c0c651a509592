// Stripe's sync engine behind Node's own web server, as a subject of the load harness.
// Arguments: the folder whose node_modules holds it, and the database. Tells its port, and ends when its input does.
const http = require('node:http');
const { createRequire } = require('node:module');

const [folder, databaseUrl] = process.argv.slice(2);
const { StripeSync, runMigrations } = createRequire(`${folder}/package.json`)('@supabase/stripe-sync-engine');

async function answer(sync, request, response) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  try {
    await sync.processWebhook(Buffer.concat(chunks), request.headers['stripe-signature']);
    response.writeHead(200).end();
  } catch (failure) {
    console.error(failure);
    response.writeHead(500).end();
  }
}

async function main() {
  await runMigrations({ databaseUrl, schema: 'stripe' });
  const sync = new StripeSync({
    poolConfig: { connectionString: databaseUrl, max: 16 },
    stripeSecretKey: 'sk_test_load',
    stripeWebhookSecret: 'whsec_load',
    autoExpandLists: false,
    backfillRelatedEntities: false,
  });
  const server = http.createServer((request, response) => answer(sync, request, response));
  server.listen(0, '127.0.0.1', () => console.log(`= ${server.address().port}`));
  process.stdin.resume().on('end', () => process.exit(0));
}

main();
