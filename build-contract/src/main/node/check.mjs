// Compiles what was recorded as literals of Stripe's own types: node check.mjs <folder to write to> <recording>…
// Prints one JSON document: how much was checked, and what is wrong.
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import {adjustedText, errorType, normalized, thinEventType, typeOfEvent, typesOf} from './stripe-types.mjs';

const PER_FILE = 250;

// A parameter as a form carries it.
const FORM = `type Form<T> = T extends number ? \`\${number}\` : T extends boolean ? \`\${T}\` : T extends string ? T
  : T extends null | undefined ? never : T extends readonly (infer E)[] ? Form<E>[] : {[K in keyof T]: Form<T[K]>};`;

const violations = [];
const statements = [];
const covered = new Set();

function add(from, value, type, page, form = false) {
  statements.push({from, value, type, page, form});
}

function violation(from, key, message) {
  violations.push({module: from.module, what: from.what, key, message});
}

/** Lists of a form come as objects whose keys are indexes. */
function withLists(form) {
  if (typeof form !== 'object') {
    return form;
  }
  const keys = Object.keys(form);
  const values = keys.map((key) => withLists(form[key]));
  return keys.length > 0 && keys.every((key) => /^\d+$/.test(key)) ? values : Object.fromEntries(keys.map((key, i) => [key, values[i]]));
}

/** In v2 a field that is null is one that is not there. */
function withoutNulls(value) {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name, typeof field === 'object' && !Array.isArray(field) ? withoutNulls(field) : field]),
  );
}

function addObject(from, body, type, page) {
  if (body?.object === 'v2.core.event') {
    // The package names the thin events of few types, so they are all held against what they have in common.
    add(from, withoutNulls(body), thinEventType);
    return;
  }
  if (body?.object !== 'event') {
    add(from, body, type, page);
    return;
  }
  const own = typeOfEvent(body.type);
  if (own) {
    add({...from, what: `${from.what} event ${body.type}`}, body, own);
  } else {
    violation(from, 'type', `Stripe documents no event ${body.type}`);
  }
}

function addAnswer(from, recorded) {
  const {route, status, body} = recorded;
  if (status >= 300) {
    add(from, body.error ?? body, errorType);
    return;
  }
  const types = typesOf(route);
  if (!types) {
    violation(from, '', 'Stripe has no such endpoint');
    return;
  }
  covered.add(normalized(route));
  if (types.page) {
    add(from, {...body, data: []}, types.answer, types.page);
    body.data.forEach((element) => addObject(from, element, types.answer));
  } else if (Array.isArray(body?.data) && 'next_page_url' in body) {
    body.data.forEach((element) => addObject(from, element, types.answer));
  } else if (types.answer) {
    addObject(from, body, types.answer);
  }
}

function addRequest(from, recorded) {
  const types = typesOf(recorded.route);
  if (types?.params) {
    add(from, withLists(recorded.body), types.params, undefined, true);
  } else if (Object.keys(recorded.body).length > 0) {
    violation(from, '', types ? 'Stripe has no parameters here' : 'Stripe has no such endpoint');
  }
}

function read(file) {
  const module = path.basename(file).replace(/(-\d+)*\.jsonl$/, '');
  for (const line of fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const recorded = JSON.parse(line);
    const what = recorded.route ?? 'webhook';
    if (recorded.kind === 'event') {
      addObject({module, what}, recorded.body);
    } else if (recorded.kind === 'answer') {
      addAnswer({module, what}, recorded);
    } else if (isOurs(module, recorded)) {
      addRequest({module, what: `${what} request`}, recorded);
    }
  }
}

/** Through Stripe's clients, except for the mistakes that tests of the simulator make on purpose. */
function isOurs(module, recorded) {
  const tries = module === 'billing-simulator' || module === 'build-contract';
  return /^Stripe\/v1 /.test(recorded.client) && (!tries || recorded.status < 300);
}

function sourceOf(chunk) {
  const imports = new Map();
  const nameOf = ({file, name}) => {
    const key = `${file}#${name}`;
    imports.has(key) || imports.set(key, `${name}_${imports.size}`);
    return imports.get(key);
  };
  const lines = chunk.map(({value, type, page, form}, i) => {
    const inner = form ? `Form<${nameOf(type)}>` : nameOf(type);
    return `export const r${i}: ${page ? `${nameOf(page)}<${inner}>` : inner} = ${JSON.stringify(value, null, 1)};`;
  });
  const heads = [...imports].map(([key, local]) => {
    const [file, name] = key.split('#');
    return `import type {${name} as ${local}} from ${JSON.stringify(file.replace(/\.d\.ts$/, '.js'))};`;
  });
  return [...heads, FORM, ...lines].join('\n');
}

function compile(folder) {
  const sources = new Map();
  for (let at = 0; at < statements.length; at += PER_FILE) {
    const chunk = statements.slice(at, at + PER_FILE);
    sources.set(path.join(folder, `literals-${at / PER_FILE}.ts`), {chunk, text: sourceOf(chunk)});
  }
  fs.mkdirSync(folder, {recursive: true});
  sources.forEach(({text}, file) => fs.writeFileSync(file, text));
  const options = {
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  host.readFile = (file) => adjustedText(path.normalize(file)) ?? readFile(file);
  host.getSourceFile = (file, language) => {
    const text = host.readFile(file);
    return text === undefined ? undefined : ts.createSourceFile(file, text, language);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  for (const [file, {chunk}] of sources) {
    const source = program.getSourceFile(file);
    for (const problem of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
      report(source, chunk, problem);
    }
  }
}

function report(source, chunk, problem) {
  let node = source;
  const names = [];
  let index;
  while (node) {
    if (ts.isPropertyAssignment(node)) {
      names.push(node.name.text);
    } else if (ts.isVariableDeclaration(node)) {
      index = Number(node.name.text.slice(1));
    }
    node = ts.forEachChild(node, (child) => (child.pos <= problem.start && problem.start < child.end ? child : undefined));
  }
  const message = ts.flattenDiagnosticMessageText(problem.messageText, '\n    ');
  violation(index === undefined ? {module: source.fileName, what: 'imports'} : chunk[index].from, names.join('.'), message);
}

const [folder, ...recordings] = process.argv.slice(2);
recordings.forEach(read);
compile(folder);
const requests = statements.filter(({form}) => form).length;
console.log(JSON.stringify({endpoints: covered.size, shapes: statements.length - requests, requests, violations}));
