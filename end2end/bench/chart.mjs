// What the measurements of the chart share: a server and a browser of their own, a plan, and the place of the tables.
import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

const RECORD = 'docs/benchmarks.md';
/** The command of the browser that slows its processor down. */
export const THROTTLE = 'Emulation.setCPUThrottlingRate';

/** Phases of twenty tasks; each task waits for the one before it, some for another one, and phases start from others. */
export function plan(count) {
  let state = 7;
  const roll = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const tasks = [];
  const links = [];
  const leaves = [];
  while (tasks.length < count) {
    const phase = `p${tasks.length}`;
    tasks.push({ id: phase, name: `Phase ${tasks.length}`, type: 'summary' });
    for (let index = 0; index < 20 && tasks.length < count; index++) {
      const id = `t${tasks.length}`;
      tasks.push({ id, name: `Task ${tasks.length}`, parent: phase, duration_minutes: 480 * (1 + Math.floor(roll() * 5)) });
      const before = new Set();
      if (index > 0) before.add(leaves.at(-1));
      else if (leaves.length > 60) before.add(leaves[Math.floor(roll() * Math.min(leaves.length, 200))]);
      if (leaves.length > 40 && roll() < 0.3) before.add(leaves[leaves.length - 1 - Math.floor(roll() * 40)]);
      for (const from of before) links.push({ from, to: id, type: 'FS' });
      leaves.push(id);
    }
  }
  return { start: '2026-01-05T08:00:00', tasks, links };
}

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
/** The number below which this share of them lies. */
export const at = (numbers, share) => sorted(numbers)[Math.floor((numbers.length - 1) * share)];
export const ms = (number) => number.toFixed(1);

/** A server with nothing in it, at an address of its own. */
export async function serve(takt) {
  const program = takt ?? join(process.env.CARGO_TARGET_DIR ?? 'target', 'release', 'takt');
  if (!existsSync(program)) throw new Error(`${program} is missing: make build`);
  const port = await new Promise((found) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
  const folder = mkdtempSync(join(tmpdir(), 'takt-bench-'));
  const server = spawn(program, ['serve', '--bench', '--addr', `127.0.0.1:${port}`, '--data-dir', folder], { stdio: 'ignore', env: { ...process.env, DATABASE_URL: '' } });
  const base = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    if (await fetch(`${base}/ready`).then((answer) => answer.ok, () => false)) break;
    if (tries > 300) throw new Error('the server did not start');
    await new Promise((later) => setTimeout(later, 100));
  }
  return { base, stop: () => { server.kill('SIGTERM'); rmSync(folder, { recursive: true, force: true }); } };
}

/** A browser whose pages draw without a graphics card. */
export const browse = () =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--enable-precise-memory-info'],
  });

export const machine = () =>
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, headless Chromium without a graphics card.`;

/** Puts a table in its place in docs/benchmarks.md. */
export function record(name, table) {
  const marks = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const text = readFileSync(RECORD, 'utf8');
  const [head, rest] = text.split(marks[0]);
  const tail = rest?.split(marks[1])[1];
  if (tail === undefined) throw new Error(`${marks[0]} is missing in ${RECORD}`);
  writeFileSync(RECORD, `${head}${marks[0]}\n${table}\n${marks[1]}${tail}`);
}
