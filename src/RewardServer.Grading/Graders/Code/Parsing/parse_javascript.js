// Tells whether JavaScript sources are whole, without running them, as parse_python.py does it for Python. Functions are
// compiled with what modules of CommonJS get, and never called.
'use strict';
const fs = require('fs');
const vm = require('vm');

const modules = /^(Cannot use import statement|Unexpected token 'export'|Cannot use 'import\.meta'|await is only valid)/;
const unfinished = /^(Invalid regular expression: missing|Invalid or unexpected token|missing \) |Missing initializer|Missing catch)/;

// Comments and white space at the end hide where a text ends.
function lastLine(source) {
  const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
  while (lines.length > 0 && /^\s*(\/\/.*)?$/.test(lines[lines.length - 1])) lines.pop();
  return lines.length;
}

// Whether an error's carets reach the end of the last line; or a comment opens on its line that never ends.
function isAtEnd(source, line, text = '', carets = '') {
  return (line >= lastLine(source) && carets.trimEnd().length >= text.trimEnd().length)
    || (text.includes('/*') && source.lastIndexOf('/*') > source.lastIndexOf('*/'));
}

function check(source, name) {
  try {
    vm.compileFunction(source.replace(/^#!.*/, ''), ['exports', 'require', 'module', '__filename', '__dirname'], { filename: name });
    return ['complete', ''];
  } catch (error) {
    if (!(error instanceof SyntaxError)) return ['malformed', `${name}: nests too deeply to be parsed`];
    if (modules.test(error.message)) return ['unknown', ''];
    const [place, text, carets] = String(error.stack).split('\n', 3);
    const line = Number(/:(\d+)$/.exec(place)?.[1] ?? 0);
    const truncated = /^(Unexpected end of input|Unterminated template literal)/.test(error.message)
      || (unfinished.test(error.message) && isAtEnd(source, line, text, carets));
    return [truncated ? 'truncated' : 'malformed', `${name}${line ? `, line ${line}` : ''}: ${error.message}`];
  }
}

let [state, error] = ['complete', ''];
for (const line of fs.readFileSync('sources.txt', 'utf8').split('\n').filter(Boolean)) {
  const space = line.indexOf(' ');
  [state, error] = check(fs.readFileSync(line.slice(0, space), 'utf8'), line.slice(space + 1));
  if (state !== 'complete') break;
}
fs.writeSync(3, `${state}\n${error.slice(0, 1000)}`);
