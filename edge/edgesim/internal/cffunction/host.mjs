// Runs one CloudFront Function. The first line of standard input has the function; each further line has a run, and is answered with a
// line on standard output. Reading and writing block: nothing else is to be done here, and a run must not wait for an event loop.
import crypto from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import querystring from 'node:querystring';
import { inspect } from 'node:util';
import vm from 'node:vm';

// sandbox is compiled inside the function's context, so that the objects that the function gets are of its own realm.
function sandbox(host, settings) {
  'use strict';
  const { parse, stringify } = JSON;
  const version = settings.version;
  const logRoom = 10 * 1024; // cloudfront-function-restrictions.html, "Logs"
  let now, left, logs, changes, outcome, viewerRequest;

  // Date stands still while the function runs (functions-javascript-runtime-20.html, "Date and timestamps").
  const RealDate = Date;
  RealDate.now = () => now;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, self) => Reflect.construct(target, args.length > 0 ? args : [now], self),
    apply: () => new RealDate(now).toString(),
  });
  RealDate.prototype.constructor = globalThis.Date;
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'escape', 'unescape']) delete globalThis[name];

  // Only the first argument counts: the comma syntax is not supported (the same page, "Console").
  function log(value) {
    const text = typeof value === 'string' ? value : host.inspect(value);
    if (left > 0) logs.push(text.slice(0, left));
    left -= text.length;
  }
  globalThis.console = { log };

  const data = settings.pairs;
  const known = (key) => Object.prototype.hasOwnProperty.call(data, key);
  const store = {
    async get(key, options) {
      if (!known(key)) throw new Error('KeyNotFound');
      switch ((options && options.format) || 'string') {
        case 'string': return data[key];
        case 'json': return parse(data[key]);
        case 'bytes': return host.Buffer.from(data[key]);
        default: throw new TypeError('format is "string", "json" or "bytes"');
      }
    },
    exists: async (key) => known(key),
    meta: async () => ({ creationDateTime: settings.created, lastUpdatedDateTime: settings.updated, keyCount: Object.keys(data).length }),
  };
  function change(kind, values) {
    if (!viewerRequest) throw new Error(kind + ' is for viewer-request functions');
    changes.push({ kind, ...values });
  }
  const cf = {
    kvs(id) {
      if (!data || (id !== undefined && settings.store && id !== settings.store)) throw new Error('KVSNamespaceNotFound');
      return store;
    },
    updateRequestOrigin: (origin) => change('updateRequestOrigin', { origin }),
    selectRequestOriginById: (id, overrides) => change('selectRequestOriginById', { id, overrides }),
    createRequestOriginGroup: (group) => change('createRequestOriginGroup', { group }),
    edgeLocation: {},
  };

  // The hash of a digest that no encoding is asked for is a Buffer in 2.0 and a byte string in 1.0.
  function hashing(make) {
    return (algorithm, ...rest) => {
      if (!['md5', 'sha1', 'sha256'].includes(algorithm)) throw new TypeError('not supported algorithm: "' + algorithm + '"');
      const hash = make(algorithm, ...rest.map(bytes));
      const self = {
        update(value) { hash.update(bytes(value)); return self; },
        digest(encoding) {
          if (encoding !== undefined && !['hex', 'base64', 'base64url'].includes(encoding)) throw new TypeError('Unknown digest encoding: "' + encoding + '"');
          return encoding ? hash.digest(encoding) : version === 1 ? hash.digest('latin1') : hash.digest();
        },
      };
      return self;
    };
  }
  const isBytes = (text) => version === 1 && byteStrings.has(text);
  const bytes = (value) => (isBytes(value) ? host.Buffer.from(value, 'latin1') : value);
  const modules = { crypto: { createHash: hashing(host.createHash), createHmac: hashing(host.createHmac) }, querystring: host.querystring };

  // The nonstandard strings of bytes of 1.0 (functions-javascript-runtime-10.html). A byte string is a string whose characters are bytes;
  // those with characters above 127 are remembered, as hashes take their bytes and not their UTF-8.
  const byteStrings = new Set();
  function byteString(text) {
    if (/[\x80-\xff]/.test(text)) byteStrings.add(text);
    return text;
  }
  if (version === 1) {
    const from = (value, encoding) => byteString(host.Buffer.from(value, encoding).toString('latin1'));
    String.bytesFrom = from;
    const methods = {
      bytesFrom: from,
      fromBytes(start, end) { return String(this).slice(start, end); },
      toBytes(start, end) { const part = String(this).slice(start, end); return /^[\x00-\xff]*$/.test(part) ? byteString(part) : null; },
      toUTF8(start, end) { return from(String(this).slice(start, end), 'utf8'); },
      fromUTF8(start, end) {
        try {
          return host.utf8(host.Buffer.from(String(this).slice(start, end), 'latin1'));
        } catch {
          return null;
        }
      },
    };
    for (const name of Object.keys(methods)) Object.defineProperty(String.prototype, name, { value: methods[name] });
  } else {
    Object.assign(globalThis, host.globals);
    Object.assign(modules, { cloudfront: cf, buffer: { Buffer: host.Buffer } });
  }
  function require(name) {
    if (!Object.prototype.hasOwnProperty.call(modules, name)) throw new Error('Cannot load module "' + name + '"');
    return modules[name];
  }

  const done = (answer) => {
    outcome = '{"answer":' + (stringify(answer) ?? 'null') + ',"changes":' + stringify(changes) + ',"logs":' + stringify(logs) + '}';
  };
  const fail = (error) => { outcome = stringify({ error: host.describe(error), logs }); };
  function settle(answer) {
    try { done(answer); } catch (error) { fail(error); }
  }

  // start begins a run. The source is evaluated anew for each: nothing that it keeps in variables is there for the next.
  function start(load, text) {
    const run = parse(text);
    [now, left, logs, changes, outcome] = [run.now, logRoom, [], [], undefined];
    byteStrings.clear();
    try {
      const { event, raw } = run;
      viewerRequest = !event || event.context.eventType === 'viewer-request';
      cf.edgeLocation = (viewerRequest && run.edge) || {};
      if (event && version === 2) Object.defineProperty(event.request, 'rawQueryString', { value: () => raw });
      const handler = load(require);
      if (!handler) throw new ReferenceError('there is no function named handler');
      const answer = event ? handler(event) : null;
      if (version === 2 && answer instanceof Promise) answer.then(settle, fail);
      else settle(answer);
    } catch (error) {
      fail(error);
    }
  }
  return { start, outcome: () => outcome };
}

// builtins makes the built-in objects of the function's context those of the runtime, where AWS's pages name a difference from Node.js.
function builtins(version) {
  'use strict';
  for (const name of version === 1 ? ['InternalError', 'MemoryError'] : ['InternalError']) {
    const type = class extends Error {};
    Object.defineProperty(type, 'name', { value: name });
    Object.defineProperty(type.prototype, 'name', { value: name, writable: true, configurable: true });
    globalThis[name] = type;
  }
  if (version === 2) return;
  // "New in JavaScript runtime 2.0" (functions-javascript-runtime-20.html). The flags of a RegExp and its [@@split] stay: Node.js's own
  // methods need them.
  const typedArray = Object.getPrototypeOf(Int8Array);
  const missing = [
    [globalThis, 'DataView'], [Object, 'getOwnPropertyDescriptors'], [Promise, 'all allSettled any race'], [String.prototype, 'replaceAll'],
    [Symbol, 'for keyFor'], [typedArray, 'from of'],
    [typedArray.prototype, 'every filter find findIndex forEach includes indexOf lastIndexOf map reduce reduceRight reverse some'],
  ];
  for (const [object, names] of missing) for (const name of names.split(' ')) delete object[name];
}

// rewriteImports makes calls of require of the imports that runtime 2.0 knows, and keeps every line where it is.
function rewriteImports(source) {
  return source.replace(/^([ \t]*)import\s+([\w$]+)\s+from\s+(['"])(cloudfront|crypto|querystring|buffer)\3/gm, '$1const $2 = require("$4")');
}

// What AWS's pages do not list for either runtime, by the type of the syntax node. Node.js takes it; CloudFront's runtime may not.
const unlisted = {
  ArrayPattern: 'destructuring', ObjectPattern: 'destructuring', AssignmentPattern: 'default values of parameters', ChainExpression: 'optional chaining',
  ClassDeclaration: 'classes', ClassExpression: 'classes', ForOfStatement: 'for-of', SpreadElement: 'spread syntax',
  TaggedTemplateExpression: 'tagged templates', YieldExpression: 'generators',
};
const unlistedMethods = ['at', 'findLast', 'findLastIndex', 'flat', 'flatMap', 'fromEntries', 'groupBy', 'hasOwn', 'matchAll', 'toReversed', 'toSorted', 'toSpliced'];
const unlistedObjects = ['BigInt', 'Intl', 'Map', 'Proxy', 'Reflect', 'Set', 'URL', 'URLSearchParams', 'WeakMap', 'WeakSet', 'fetch'];

// featureOf names what a syntax node uses beyond the lists; forbidden says that AWS names it as not supported.
function featureOf(node, version) {
  const only2 = version === 1;
  if (node.type === 'VariableDeclaration' && node.kind !== 'var') return only2 && { name: node.kind, forbidden: true };
  if (only2 && typeof node.value === 'number' && node.raw.includes('_')) return { name: 'a number with separators', forbidden: true };
  if (node.async && only2) return { name: 'async', forbidden: true };
  if (node.async && node.type === 'ArrowFunctionExpression') return { name: 'async closures' };
  if (node.type === 'LogicalExpression' && node.operator === '??') return { name: 'the operator ??' };
  const method = node.type === 'CallExpression' && !node.callee.computed && node.callee.property;
  if (method && unlistedMethods.includes(method.name)) return { name: 'the method ' + method.name };
  if (node.type === 'Identifier' && unlistedObjects.includes(node.name)) return { name: node.name };
  return unlisted[node.type] && { name: unlisted[node.type] };
}

// review looks for features that CloudFront's runtime does not have. Node.js's own parser may be out of reach: then it finds nothing.
function review(source, version) {
  let tree;
  try {
    const { parse } = createRequire(import.meta.url ?? 'file:///')('internal/deps/acorn/acorn/dist/acorn');
    tree = parse(source, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
  } catch {
    return [];
  }
  const found = new Map();
  (function visit(node) {
    if (Array.isArray(node)) return node.forEach(visit);
    if (!node || typeof node.type !== 'string') return;
    const feature = featureOf(node, version);
    if (feature && !found.has(feature.name)) found.set(feature.name, { ...feature, line: node.loc.start.line });
    for (const [key, value] of Object.entries(node)) {
      const name = (key === 'property' || key === 'key') && !node.computed; // a.Map is no Map
      if (value && typeof value === 'object' && !name) visit(value);
    }
  })(tree);
  return [...found.values()];
}

// describe tells of an error what a log would: its name, its message, and where in the function it is.
function describe(file) {
  return (error) => {
    if (!(error && typeof error === 'object' && typeof error.stack === 'string')) return 'thrown: ' + inspect(error);
    const at = error.stack.split('\n').map((line) => line.slice(line.indexOf(file))).find((line) => /:\d+(:\d+)?\)?$/.test(line) && line.startsWith(file));
    return String(error.name) + ': ' + String(error.message) + (at ? ' (' + at.replace(/\)$/, '') + ')' : '');
  };
}

// prepare compiles the function and gives what runs it.
function prepare(settings) {
  const { file, version } = settings;
  const features = review(settings.source, version);
  const forbidden = features.find((feature) => feature.forbidden);
  if (forbidden) throw new SyntaxError(`${forbidden.name} is not supported in cloudfront-js-1.0 (${file}:${forbidden.line})`);
  const source = version === 2 ? rewriteImports(settings.source) : settings.source;
  new vm.Script('"use strict";' + source, { filename: file, columnOffset: -13 }); // alone it has to be whole
  const before = '(function (require) { "use strict";';
  const after = '\n;return typeof handler === "function" ? handler : undefined; })';
  const script = new vm.Script(before + source + after, { filename: file, columnOffset: -before.length });
  // Promises of this context are settled when an evaluation ends, within the run.
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false }, microtaskMode: 'afterEvaluate' });
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const host = {
    Buffer, querystring: { ...querystring }, createHash: crypto.createHash, createHmac: crypto.createHmac, describe: describe(file),
    inspect: (value) => inspect(value, { breakLength: Infinity }), utf8: (data) => utf8.decode(data), globals: { Buffer, TextDecoder, TextEncoder, atob, btoa },
  };
  vm.runInContext('(' + builtins + ')(' + version + ')', context);
  const { start, outcome } = vm.runInContext('(' + sandbox + ')', context)(host, settings);
  const load = script.runInContext(context);
  const drain = new vm.Script('0');
  const run = (line) => {
    start(load, line);
    if (outcome() === undefined) drain.runInContext(context);
    return outcome() ?? JSON.stringify({ error: 'the promise is never settled: there is nothing in a function that it could wait for', logs: [] });
  };
  return { run, warnings: features.map((feature) => `line ${feature.line}: ${feature.name}: not among the features that AWS lists for the runtime`) };
}

// reader gives the lines of standard input.
function reader() {
  const chunk = Buffer.allocUnsafe(1 << 16);
  let rest = Buffer.alloc(0);
  return () => {
    const parts = [rest];
    let end = rest.indexOf(10);
    while (end < 0) {
      const n = fs.readSync(0, chunk);
      if (n === 0) return undefined;
      const part = Buffer.from(chunk.subarray(0, n));
      const at = part.indexOf(10);
      if (at >= 0) end = parts.reduce((sum, p) => sum + p.length, 0) + at;
      parts.push(part);
    }
    const all = parts.length === 1 ? rest : Buffer.concat(parts);
    rest = all.subarray(end + 1);
    return all.toString('utf8', 0, end);
  };
}

function write(line) {
  const data = Buffer.from(line + '\n');
  for (let done = 0; done < data.length;) done += fs.writeSync(1, data, done);
}

const next = reader();
const settings = JSON.parse(next());
let run;
try {
  const prepared = prepare(settings);
  run = prepared.run;
  const first = JSON.parse(run('{"now":' + Date.now() + '}')); // what stands outside of handler has to work
  write(JSON.stringify({ error: first.error, warnings: prepared.warnings }));
} catch (error) {
  write(JSON.stringify({ error: describe(settings.file)(error) }));
}
for (let line = next(); line !== undefined; line = next()) write(run(line));
