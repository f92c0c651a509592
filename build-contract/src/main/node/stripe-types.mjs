// Where in Stripe's package the types of an endpoint or an event are, read from its generated sources.
import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../../node_modules/stripe/esm', import.meta.url));

// What goes over the wire is narrower than what the client's types let pass: words outside the documented ones are errors,
// decimals are texts, previous attributes are partial at every depth with null for what was not there, and the invoice of
// invoice.upcoming has no id, as the event's own description says.
const adjusted = {
  'shared.d.ts': (text) =>
    text.replace(/export type OtherString = .*;/, 'export type OtherString = never;') +
    `
export type Changed<T> = T extends readonly unknown[] ? T : T extends object ? {[K in keyof T]?: Changed<T[K]> | null} : T;
`,
  'Decimal.d.ts': (text) => text.replace(/export type Decimal = [^;]*;/, 'export type Decimal = string;').replace(
    /export declare const Decimal: \{[\s\S]*?\n\};/, ''),
  'resources/Events.d.ts': (text) =>
    `import {Changed} from '../shared.js';\n` + text.replace(/previous_attributes\?: Partial<(\w+(?:\.\w+)*)>/g, 'previous_attributes?: Changed<$1>')
      .replace(/(namespace InvoiceUpcomingEvent \{\s+interface Data extends )Event.Data( \{\s+object: )Invoice;/, "$1Omit<Event.Data, 'object'>$2Omit<Invoice, 'id'>;"),
};

// Names for the types of parameters and answers, added to the file that declares the endpoint.
const added = new Map();

function alias(file, name, type) {
  added.set(file, (added.get(file) ?? new Map()).set(name, `export type ${name} = ${type};`));
  return {file, name};
}

/** The text of a file of the package as the compiler is to see it; undefined for files that are taken as they are. */
export function adjustedText(file) {
  const name = path.relative(root, file).split(path.sep).join('/');
  if (!(name in adjusted) && !added.has(file)) {
    return undefined;
  }
  const text = fs.readFileSync(file, 'utf8');
  const result = adjusted[name]?.(text) ?? text;
  if (name in adjusted && result === text) {
    throw new Error(`${name} of the package is not what it was: the adjustment found nothing to adjust`);
  }
  return [result, ...(added.get(file)?.values() ?? [])].join('\n');
}

function filesBelow(folder, ending) {
  return fs.readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(file, ending) : file.endsWith(ending) ? [file] : [];
  });
}

/** "METHOD /v1/path/{}" of a route, whatever its variables are called. */
export function normalized(route) {
  return route.replace(/\{[^}]*\}/g, '{}');
}

/** All endpoints the client can call: where the method that calls them is declared. */
function endpoints() {
  const found = new Map();
  for (const file of filesBelow(path.join(root, 'resources'), '.js')) {
    let owner = '';
    let method = '';
    for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
      owner = /^export class (\w+)/.exec(line)?.[1] ?? owner;
      method = /^ {4}(\w+)\(.*\) \{$/.exec(line)?.[1] ?? method;
      const call = /this\._makeRequest\('(\w+)', (['`])(.+?)\2, params/.exec(line);
      if (call) {
        const route = normalized(`${call[1]} ${call[3].replace(/\$\{[^}]*\}/g, '{}')}`);
        // The first one wins: later ones are other names for the same address.
        found.has(route) || found.set(route, {file: file.replace(/\.js$/, '.d.ts'), owner, method});
      }
    }
  }
  return found;
}

function signature({file, owner, method}) {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const type = source.statements.find((s) => ts.isClassDeclaration(s) && s.name.text === owner);
  const declared = type.members.filter((m) => ts.isMethodDeclaration(m) && m.name.getText(source) === method);
  const params = declared.flatMap((m) => m.parameters).filter((p) => p.name.getText(source) === 'params').at(-1);
  const returned = declared[0].type;
  const page = {ApiListPromise: 'ApiList', ApiSearchResultPromise: 'ApiSearchResult'}[returned.typeName.getText(source)];
  // Promise<Response<T>> of a single object, ApiListPromise<T> of many.
  const answer = page ? returned.typeArguments[0] : returned.typeArguments[0].typeArguments?.[0];
  return {
    params: params && alias(file, `Params_${owner}_${method}`, params.type.getText(source)),
    answer: answer && alias(file, `Answer_${owner}_${method}`, answer.getText(source)),
    page: page && {file: path.join(root, 'lib.d.ts'), name: page},
  };
}

const known = endpoints();
const signatures = new Map();

/** The types of an endpoint's parameters, of its answer and of the page it stands in; undefined when Stripe has no such endpoint. */
export function typesOf(route) {
  const key = normalized(route);
  if (!signatures.has(key)) {
    signatures.set(key, known.has(key) ? signature(known.get(key)) : undefined);
  }
  return signatures.get(key);
}

const eventsFile = path.join(root, 'resources', 'Events.d.ts');
const events = new Map(
  [...fs.readFileSync(eventsFile, 'utf8').matchAll(/export interface (\w+Event) extends EventBase \{\s+type: '([^']+)'/g)].map(
    ([, name, type]) => [type, {file: eventsFile, name}],
  ),
);

/** The type of an event; undefined when Stripe documents no such event. */
export function typeOfEvent(type) {
  return events.get(type);
}

/** The type of the error in an answer. */
export const errorType = {file: path.join(root, 'Types.d.ts'), name: 'StripeRawError'};

/** What all thin events have. */
export const thinEventType = alias(
  path.join(root, 'resources', 'V2', 'Core', 'Events.d.ts'), 'ThinEvent', 'EventBase & {related_object?: V2.Core.Events.RelatedObject}');
