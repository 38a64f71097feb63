// Runs a check against the candidate's definitions, in one process. Standard input brings a nonce on the first line and the
// check after it; descriptor 3 takes the report. The candidate shares this process: what is used once it has run is taken
// before, and what a check is made of is put back, or cannot be changed.
"use strict";
(() => {
  const fs = require("fs"), vm = require("vm"), assert = require("assert");
  const { writeSync, readFileSync, openSync, closeSync } = fs;
  const [exit, freeze, define, describe, keys] = [process.reallyExit.bind(process), Object.freeze, Object.defineProperty, Object.getOwnPropertyDescriptor, Reflect.ownKeys];
  const { Error: Exception, String: Text, AssertionError } = { Error, String, AssertionError: assert.AssertionError };
  const input = readFileSync(0, "utf8"), end = input.indexOf("\n");
  const nonce = input.slice(0, end), harness = input.slice(end + 1);
  closeSync(0);
  openSync("/dev/null", "r");

  const report = (text, code) => { writeSync(3, text); exit(code); };
  let script;
  try {
    script = new vm.Script("(async function (require, assert, console) {{" + harness + "\n}})", { filename: "check.js" });
  } catch (wrong) {
    report("broken", 1);
  }

  // A failed console.assert counts, whatever it prints.
  let failed = false;
  const say = console.assert;
  const checked = Object.assign({}, console, { assert(condition, ...words) { if (!condition) failed = true; say(condition, ...words); } });
  freeze(checked);
  for (const one of [assert, assert.strict, AssertionError, AssertionError.prototype]) freeze(one);
  const need = require("module").createRequire(process.cwd() + "/candidate.js");
  const own = (name) => need(name);

  const kinds = [Object, Array, String, Number, Boolean, Function, Set, Map, WeakMap, RegExp, Promise, Date, Symbol, Error, BigInt];
  const iterators = [[][Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](), ""[Symbol.iterator]()].map(Object.getPrototypeOf);
  const builtins = [...kinds, ...kinds.map((kind) => kind.prototype), ...iterators, Math, JSON, Reflect, vm.Script.prototype];
  const before = builtins.map((one) => new Map(keys(one).map((key) => [key, describe(one, key)])));
  const { get, has, set } = Map.prototype, call = Function.prototype.call, same = Object.is;
  const [getOf, hasIn] = [call.bind(get), call.bind(has)];
  const shadows = { __proto__: null, toJSON: true, then: true };

  // What is of another value than before; put back where that is asked for.
  const changed = (restore) => {
    let any = false;
    for (let i = 0; i < builtins.length; i++) {
      const now = keys(builtins[i]);
      for (let j = 0; j < now.length; j++) {
        const key = now[j];
        if (!hasIn(before[i], key) && (builtins[i] === builtins[kinds.length] || typeof key === "symbol" || shadows[key])) {
          any = true;
          if (restore) delete builtins[i][key];
        }
      }
      for (let j = 0; j < known[i].length; j++) {
        const [key, was] = [known[i][j][0], known[i][j][1]], is = describe(builtins[i], key);
        if (is && same(is.value, was.value) && is.get === was.get && is.set === was.set) continue;
        any = true;
        if (restore) define(builtins[i], key, was);
      }
    }
    return any;
  };
  const known = before.map((all) => [...all]);

  const name = (error) => {
    try {
      return Text(error instanceof Exception ? error.constructor.name : typeof error).replace(/[^\w]/g, "?").slice(0, 80) || "Error";
    } catch (mute) {
      return "Error";
    }
  };
  const raised = (error) => {
    const wrong = error instanceof AssertionError;
    if (!wrong) writeSync(2, Text(error && error.stack || error) + "\n");
    report(wrong ? "wrong 0" : "raise " + name(error), 1);
  };
  process.on("uncaughtException", raised);

  const module = { exports: {} };
  Object.assign(globalThis, { require: need, module, exports: module.exports, __filename: "candidate.js", __dirname: process.cwd() });
  let tampered = false;
  try {
    const source = readFileSync("candidate.js", "utf8").replace(/^export\s+(default\s+)?(?=(async\s+)?function\b|class\b|const\b|let\b|var\b)/gm, "");
    vm.runInThisContext(source, { filename: "candidate.js" });
    tampered = changed(true);
    const exported = module.exports;
    if (typeof exported === "function" && exported.name && !(exported.name in globalThis)) globalThis[exported.name] = exported;
    for (const key of keys(exported)) if (typeof key === "string" && !(key in globalThis)) globalThis[key] = exported[key];
  } catch (error) {
    raised(error);
  }

  const done = () => {
    if (failed) report("wrong 0", 1);
    if (changed(false)) report("tampered", 1);
    report((tampered ? "done! " : "done ") + nonce, 0);
  };
  const run = script.runInThisContext();
  run(own, assert, checked).then(
    () => /\b(then|async|setTimeout|setImmediate|Promise)\b/.test(harness) ? process.once("beforeExit", done) : done(),
    raised);
})();
