// How Lambda's Node.js clients find a handler: "folder/module.member.member" below the root, with the module's ending left out.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { RuntimeError } from "./api.mjs";
import { isStreaming } from "./stream.mjs";

const require = createRequire(import.meta.url);

// forCallbacks finds a handler as nodejs22.x and older do: CommonJS is required and ES modules are imported.
export const forCallbacks = (root, name) => load(root, name, byKind, (module, names) => names.reduce((found, key) => found && found[key], module));

async function byKind(path) {
  const folder = required(path);
  if (folder) return folder;
  const module = existsSync(path + ".js") && isModule(dirname(path));
  return (module ? await imported(path + ".js") : required(path + ".js")) || (await imported(path + ".mjs")) || required(path + ".cjs");
}

// forPromises finds a handler as nodejs24.x and newer do: all is imported, and a folder of the module's name is an error. A member is looked
// for in what the module exports by default too, and not in functions. A handler that has a parameter for a callback is none.
export async function forPromises(root, name) {
  const find = (from, names) => names.reduce((found, key) => (found && typeof found === "object" ? found[key] : undefined), from);
  const handler = await load(root, name, byImport, (module, names) => find(module, names) || find(module.default, names));
  if (handler.length < 3 || isStreaming(handler)) return handler;
  throw new RuntimeError("CallbackHandlerDeprecated", "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. " +
    "You need to modify this function to use a supported handler signature to use Node.js 24 or later. " +
    "For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.");
}

async function byImport(path) {
  for (const ending of ["", ".js", ".mjs", ".cjs"]) {
    const module = await imported(path + ending);
    if (module) return module;
  }
}

const required = (path) => existsSync(path) && require(path);
const imported = async (path) => existsSync(path) && import(pathToFileURL(path));

async function load(root, name, find, pick) {
  if (name.includes("..")) {
    throw new RuntimeError("MalformedHandlerName", `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
  }
  const file = basename(name);
  const at = file.indexOf(".");
  if (at < 0) throw new RuntimeError("MalformedHandlerName", "Bad handler");
  const folder = resolve(root, name.slice(0, name.indexOf(file)));
  const module = await named(() => find(join(folder, file.slice(0, at))), () => require.resolve(file.slice(0, at), { paths: [root, folder] }));
  const handler = pick(module, file.slice(at + 1).split("."));
  if (!handler) throw new RuntimeError("HandlerNotFound", `${name} is undefined or not exported`);
  if (typeof handler !== "function") throw new RuntimeError("HandlerNotFound", `${name} is not a function`);
  return handler;
}

// named gives the errors of finding a module, or else of requiring an installed one, the names that Lambda has for them.
async function named(find, installed) {
  try {
    return (await find()) || require(installed());
  } catch (error) {
    if (error instanceof SyntaxError) throw Object.assign(new RuntimeError("UserCodeSyntaxError", String(error)), { stack: error.stack });
    if (error?.code === "MODULE_NOT_FOUND") throw new RuntimeError("ImportModuleError", String(error));
    throw error;
  }
}

// isModule reports whether the package.json that is nearest to the folder says that .js files are ES modules.
function isModule(folder) {
  for (; !folder.endsWith("/node_modules"); folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file)) {
      try {
        return JSON.parse(readFileSync(file)).type === "module";
      } catch (error) {
        console.warn(`${file} cannot be read, it is not asked for the kind of its modules`, error);
        return false;
      }
    }
    if (folder === dirname(folder)) break;
  }
  return false;
}
