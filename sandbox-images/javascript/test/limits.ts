// Reaches the limit whose name stands on standard input; 3 is how a program ends that meets it in an orderly way.
import * as fs from 'fs';
import { spawn } from 'child_process';

const limit: string = fs.readFileSync(0, 'utf8').trim();
const block = Buffer.alloc(1 << 19, 1);
const kept: unknown[] = [];
try {
  if (limit === 'cpu') for (;;);
  if (limit === 'wall') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60000);
  if (limit === 'memory') for (;;) kept.push(Buffer.alloc(1 << 20, 1));
  if (limit === 'processes') {
    for (let i = 0; i < 100; i++) {
      const child = spawn('/bin/sleep', ['60']);
      if (child.pid === undefined) process.exit(3);
    }
  }
  if (limit === 'output') for (let i = 0; i < 4; i++) fs.writeSync(1, block);
  if (limit === 'file') for (const file = fs.openSync('large', 'w'); ;) fs.writeSync(file, block);
  if (limit === 'open files') for (;;) kept.push(fs.openSync('/dev/null', 'r'));
  if (limit === 'scratch') for (let i = 0; i < 1000; i++) fs.writeFileSync(String(i), block);
} catch (met) {
  process.exit(3);
}
process.exit(3);
