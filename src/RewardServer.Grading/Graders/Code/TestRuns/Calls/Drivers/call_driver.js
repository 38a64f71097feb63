// Calls a function of the candidate's and tells what became of it, by value.
//
// Standard input brings a nonce on the first line and the arguments after it; descriptor 3 takes the report. What was
// expected is not here: whatever the candidate does to this process, it can only say what its result is. What is used once
// the candidate has run is taken before it all the same, and objects are read by the language's own methods: a program
// that changes prototypes is judged by its result, and one that ends early is told from one that has returned.
"use strict";
const callDriver = (() => {
  const fs = require("fs"), vm = require("vm"), { types } = require("util");
  const { openSync, writeSync, unlinkSync, closeSync, readFileSync } = fs;
  const { isMap, isSet, isDate, isTypedArray, isPromise } = types;
  const { apply, construct, getPrototypeOf } = Reflect, { isArray } = Array, { keys, is } = Object;
  const { isInteger, isFinite } = Number, { stringify, parse } = JSON;
  const BufferFrom = Buffer.from, byteLength = Buffer.byteLength, toBase64 = Buffer.prototype.toString, isBuffer = Buffer.isBuffer;
  const mapEach = Map.prototype.forEach, setEach = Set.prototype.forEach, then = Promise.prototype.then, toISO = Date.prototype.toISOString;
  const hasIn = Set.prototype.has, addTo = Set.prototype.add, test = RegExp.prototype.test, slice = String.prototype.slice;
  const StringOf = String, Big = BigInt, NewSet = Set, NewMap = Map, objectPrototype = Object.prototype;
  const leave = process.reallyExit.bind(process), resultFile = process.cwd() + "/.result";
  const MOST_VALUES = 2000000, DEEPEST = 200, INLINE = 60000;

  const input = readFileSync(0);
  const end = input.indexOf(10), nonce = input.toString("latin1", 0, end), form = input.toString("utf8", end + 1);
  closeSync(0);
  openSync("/dev/null", "r");

  let most = INLINE, left = MOST_VALUES, loading = true, kinds = {}, text = "", waiting = false;

  function Stop(verb, reason) { this.verb = verb; this.reason = reason; }

  function report(verb, content) {
    const message = verb + " " + nonce + " " + content;
    if (byteLength(message) <= INLINE) {
      writeSync(3, message);
    } else {
      try { unlinkSync(resultFile); } catch { /* there was none */ }
      const file = openSync(resultFile, "wx");
      for (let bytes = BufferFrom(message), done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      writeSync(3, "file " + nonce);
    }
    leave(0);
  }

  function decode(value) {
    if (isArray(value)) return value.map(decode);
    if (value === null || typeof value !== "object") return value;
    const [name] = keys(value), content = value[name];
    switch (keys(value).length === 1 ? name : "") {
      case "$int": return Big(content);
      case "$float": return content === "nan" ? NaN : content === "inf" ? Infinity : -Infinity;
      case "$tuple": return content.map(decode);
      case "$set": case "$frozenset": return new NewSet(content.map(decode));
      case "$dict": return new NewMap(content.map(decode));
      case "$bytes": return BufferFrom(content, "base64");
      case "$complex": case "$object": throw new TypeError("JavaScript has no value for an argument of the form " + name);
      default: return members(name === "$escape" ? content : value);
    }
  }

  function members(content) {
    const made = {};
    for (const name of keys(content)) {
      Object.defineProperty(made, name, { value: decode(content[name]), writable: true, enumerable: true, configurable: true });
    }
    return made;
  }

  function add(more) {
    text += more;
    if (text.length > most) throw new Stop("large", "");
  }

  function encode(value, depth) {
    if (--left < 0) throw new Stop("large", "");
    if (depth > DEEPEST) throw new Stop("cannot", "the result is nested more than " + DEEPEST + " deep, or holds itself");
    switch (typeof value) {
      case "undefined": return add("null");
      case "boolean": return add(value ? "true" : "false");
      case "bigint": return add(StringOf(value));
      case "string": return add(stringify(value));
      case "number": return encodeNumber(value);
      case "object": return value === null ? add("null") : encodeObject(value, depth);
      default: throw new Stop("cannot", "the result " + (depth ? "holds" : "is") + " a " + typeof value + ", which is no value that can be compared");
    }
  }

  function encodeNumber(value) {
    if (!isFinite(value)) return add('{"$float":"' + (value > 0 ? "inf" : value < 0 ? "-inf" : "nan") + '"}');
    const digits = is(value, -0) ? "-0.0" : StringOf(value);
    add(isInteger(value) && (value > 9007199254740991 || value < -9007199254740991) && !apply(test, /e/, [digits]) ? digits + ".0" : digits);
  }

  function encodeObject(value, depth) {
    const prototype = getPrototypeOf(value);
    if (isArray(value) || (isTypedArray(value) && !isBuffer(value))) encodeList(value, depth);
    else if (isBuffer(value)) add('{"$bytes":"' + apply(toBase64, value, ["base64"]) + '"}');
    else if (isMap(value)) encodeEach('{"$dict":[', mapEach, value, depth, true);
    else if (isSet(value)) encodeEach('{"$set":[', setEach, value, depth, false);
    else if (isDate(value)) add('{"$object":{"type":"Date","text":' + stringify(apply(toISO, value, [])) + "}}");
    else if (typeof kinds.ListNode === "function" && value instanceof kinds.ListNode) encode(listOf(value), depth);
    else if (typeof kinds.TreeNode === "function" && value instanceof kinds.TreeNode) encode(rowsOf(value), depth);
    else if (prototype === null || prototype === objectPrototype || getPrototypeOf(prototype) === null) encodeMembers(value, depth);
    else throw new Stop("cannot", "the result " + (depth ? "holds" : "is") + " an instance of " + nameOf(prototype) + ", which is no value that can be compared");
  }

  function encodeList(value, depth) {
    add("[");
    for (let at = 0, count = value.length; at < count; at++) {
      if (at) add(",");
      encode(value[at], depth + 1);
    }
    add("]");
  }

  // Two arrays are two keys however equal they are; a set of values has but one of them.
  function encodeEach(start, each, value, depth, hasValues) {
    const seen = new NewSet();
    let separator = "";
    add(start);
    apply(each, value, [(item, key) => {
      add(separator + (hasValues ? "[" : ""));
      const from = text.length;
      encode(key, depth + 1);
      const written = apply(slice, text, [from]);
      if (apply(hasIn, seen, [written])) throw new Stop("cannot", "the result holds a Map or Set with equal keys");
      apply(addTo, seen, [written]);
      if (hasValues) {
        add(",");
        encode(item, depth + 1);
        add("]");
      }
      separator = ",";
    }]);
    add("]}");
  }

  // As JSON has it, a member that is undefined is not there.
  function encodeMembers(value, depth) {
    const names = keys(value);
    let escaped = false, separator = "";
    for (let at = 0; at < names.length; at++) escaped = escaped || names[at][0] === "$";
    add(escaped ? '{"$escape":{' : "{");
    for (let at = 0; at < names.length; at++) {
      const member = value[names[at]];
      if (member === undefined) continue;
      add(separator + stringify(names[at]) + ":");
      encode(member, depth + 1);
      separator = ",";
    }
    add(escaped ? "}}" : "}");
  }

  // The arrays that LeetCode writes for a linked list, and for a tree: level by level, null for a child that is not there.
  function listOf(node) {
    let values = [], count = 0;
    for (; node !== null && node !== undefined; node = node.next) {
      if (++count > MOST_VALUES) throw new Stop("large", "");
      values[values.length] = node.val;
    }
    return values;
  }

  function rowsOf(root) {
    const values = [];
    let row = [root];
    for (let more = true; more;) {
      const next = [];
      more = false;
      for (let at = 0; at < row.length; at++) {
        const node = row[at] ?? null;
        if (values.length > MOST_VALUES) throw new Stop("large", "");
        values[values.length] = node === null ? null : node.val;
        if (node !== null) {
          next[next.length] = node.left;
          next[next.length] = node.right;
          more = more || (node.left ?? null) !== null || (node.right ?? null) !== null;
        }
      }
      row = next;
    }
    while (values.length > 0 && values[values.length - 1] === null) values.length--;
    return values;
  }

  function linked(values) {
    let head = null;
    for (let at = (values || []).length - 1; at >= 0; at--) {
      const node = new kinds.ListNode(values[at]);
      node.next = head;
      head = node;
    }
    return head;
  }

  function tree(values) {
    const made = (values || []).map((value) => (value === null ? null : new kinds.TreeNode(value)));
    let child = 1;
    for (const node of made) {
      if (node !== null) [node.left, node.right] = [made[child++] ?? null, made[child++] ?? null];
    }
    return made[0] ?? null;
  }

  function makeNodes(values, parameters) {
    return values.map((value, at) => {
      const build = /ListNode/.test(parameters[at]) ? linked : /TreeNode/.test(parameters[at]) ? tree : null;
      return build === null ? value : /\[\]$/.test(parameters[at]) ? value.map(build) : build(value);
    });
  }

  function nameOf(prototype) {
    try {
      return StringOf(prototype.constructor.name) || "a class";
    } catch {
      return "a class";
    }
  }

  function fail(error) {
    try {
      if (error instanceof Stop) return report(error.verb, error.reason);
      const bases = [];
      for (let at = Object(error); at !== null && bases.length < 20; at = getPrototypeOf(at)) {
        const name = nameOf(at);
        if (bases[bases.length - 1] !== name) bases[bases.length] = name;
      }
      const message = typeof error === "object" && error !== null ? error.message : error;
      writeSync(2, StringOf(error?.stack ?? error) + "\n");
      report("raise", stringify({ type: bases[0], bases, message: apply(slice, StringOf(message), [0, 500]), loading }));
    } catch {
      report("raise", '{"type":"Error","bases":[],"message":"","loading":' + loading + "}");
    }
  }

  function finish(result, isNode) {
    waiting = false;
    try {
      encode((result === null || result === undefined) && isNode ? [] : result, 0);
    } catch (error) {
      return error instanceof Stop ? report(error.verb, error.reason) : report("cannot", "the result cannot be read: " + nameOf(Object(error)));
    }
    report("value", text);
  }

  // Evaluates a name where the candidate's names are.
  function getter(lookup, exported) {
    return (name) => {
      try {
        return lookup(name);
      } catch {
        return exported === null || exported === undefined ? undefined : exported[name] ?? exported.default?.[name];
      }
    };
  }

  function find(get, owner, method) {
    if (owner === "" && typeof get(method) === "function") return [get(method), undefined];
    const kind = get(owner || "Solution");
    if (typeof kind === "function" && typeof kind[method] !== "function") {
      const made = construct(kind, []);
      return [made[method], made];
    }
    return [kind?.[method], kind];
  }

  let values;
  try {
    values = decode(parse(form));
  } catch (error) {
    report("argument", StringOf(error.message));
  }
  process.on("uncaughtException", fail);
  process.on("beforeExit", () => waiting && report("cannot", "the promise that the function gave is never settled"));

  return {
    run(lookup, exported, { owner, method, parameters, result, limit }) {
      try {
        const get = getter(lookup, exported);
        const [called, self] = find(get, owner, method);
        if (typeof called !== "function") report("missing", "the program has no function '" + (owner ? owner + "." : "") + method + "'");
        kinds = { ListNode: get("ListNode"), TreeNode: get("TreeNode") };
        if (parameters.length > 0) values = makeNodes(values, parameters);
        most = limit;
        loading = false;
        const given = apply(called, self, values);
        if (isPromise(given)) {
          waiting = true;
          apply(then, given, [(settled) => finish(settled, result), fail]);
        } else {
          finish(given, result);
        }
      } catch (error) {
        fail(error);
      }
    },

    // The candidate's file as a module, whose names can be looked up from without.
    load(name, call) {
      const source = readFileSync(name, "utf8");
      if (/\bListNode\b/.test(source)) globalThis.ListNode = function ListNode(val, next) { this.val = val ?? 0; this.next = next ?? null; };
      if (/\bTreeNode\b/.test(source)) globalThis.TreeNode = function TreeNode(val, left, right) { this.val = val ?? 0; this.left = left ?? null; this.right = right ?? null; };
      let wrapper;
      try {
        wrapper = new vm.Script("(function (exports, require, module, __filename, __dirname) {" + source + "\n;return function () { return eval(arguments[0]); };\n})", { filename: name }).runInThisContext();
      } catch (error) {
        if (!/^\s*(import|export)\b|\bawait\b/m.test(source)) return fail(error);
        const file = process.cwd() + "/.candidate.mjs";
        fs.writeFileSync(file, source + "\n;export const lookUpName = function () { return eval(arguments[0]); };\n");
        apply(then, import(file), [(module) => callDriver.run(module.lookUpName, module, call), fail]);
        return;
      }
      const module = { exports: {} };
      const lookup = apply(wrapper, module.exports, [module.exports, require, module, process.cwd() + "/" + name, process.cwd()]);
      callDriver.run(lookup ?? (() => { throw new ReferenceError(); }), module.exports, call);
    },
  };
})();
