// Measures the chart in a browser: data in memory to painted, a drop to all successors painted, frames while dragging
// and scrolling, the scheduler's passes, elements and memory. Prints a table; `--record` writes it into docs/benchmarks.md.
import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values: given } = parseArgs({
  options: {
    takt: { type: 'string' },
    sizes: { type: 'string', default: '1000,10000,50000' },
    runs: { type: 'string', default: '5' },
    throttle: { type: 'string', default: '1,4' },
    record: { type: 'boolean', default: false },
  },
});
const RECORD = 'docs/benchmarks.md';
const MARKS = ['<!-- gantt:begin -->', '<!-- gantt:end -->'];
const program = given.takt ?? join(process.env.CARGO_TARGET_DIR ?? 'target', 'release', 'takt');

/** Phases of twenty tasks; each task waits for the one before it, some for another one, and phases start from others. */
function plan(count) {
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
const at = (numbers, share) => sorted(numbers)[Math.floor((numbers.length - 1) * share)];
const ms = (number) => number.toFixed(1);

async function serve() {
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

/** Milliseconds between frames while `step` runs in each of them. */
const frames = (page, count, step) =>
  page.evaluate(
    ([count, step]) =>
      new Promise((done) => {
        const act = new Function('frame', step);
        const spent = [];
        let last = performance.now();
        let frame = 0;
        const tick = (now) => {
          spent.push(now - last);
          last = now;
          if (++frame > count) return done(spent.slice(3));
          act(frame);
          requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      }),
    [count, step],
  );

async function measure(page, base, count) {
  const row = { tasks: count };
  const loads = [];
  const text = JSON.stringify(plan(count));
  for (let run = 0; run < Number(given.runs); run++) {
    await page.goto(`${base}/bench/gantt`);
    await page.waitForFunction(() => 'taktBench' in window);
    await page.evaluate((text) => { window.benchPlan = JSON.parse(text); }, text);
    loads.push(await page.evaluate(async () => {
      const from = performance.now();
      await taktBench.load(window.benchPlan);
      return performance.now() - from;
    }));
  }
  row.painted = at(loads, 0.5);
  row.pass = at(await page.evaluate(() => [...taktBench.reschedule(20)]), 0.5);
  row.elements = await page.evaluate(() => document.querySelectorAll('*').length);
  row.scroll = await frames(page, 180, "document.querySelector('.gantt-body').scrollTop += 93");
  await page.evaluate(() => { document.querySelector('.gantt-body').scrollTop = 0; });
  await page.waitForTimeout(300);
  // The second row is the first task; it is dragged through the pointer events that a mouse makes.
  const rect = await page.evaluate(() => taktBench.barRect('t1'));
  const point = [rect.x + rect.width / 2, rect.y + rect.height / 2];
  await page.mouse.move(...point);
  await page.mouse.down();
  const move = `const canvas = document.querySelector('.gantt-canvas'); canvas.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, pointerId: 1, pointerType: 'mouse', buttons: 1, clientX: ${point[0]} + frame * 3, clientY: ${point[1]} }))`;
  const before = await page.evaluate(() => taktBench.start('t3'));
  row.drag = await frames(page, 120, move);
  row.moved = before !== (await page.evaluate(() => taktBench.start('t3')));
  row.drop = await page.evaluate(([x, y]) => new Promise((done) => {
    const from = performance.now();
    const canvas = document.querySelector('.gantt-canvas');
    canvas.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, pointerId: 1, pointerType: 'mouse', clientX: x + 360, clientY: y }));
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - from)));
  }), point);
  await page.mouse.up();
  row.heap = await page.evaluate(() => (performance.memory ? performance.memory.usedJSHeapSize / 2 ** 20 : 0));
  return row;
}

const { base, stop } = await serve();
const rows = [];
try {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--enable-precise-memory-info'],
  });
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  const devtools = await page.context().newCDPSession(page);
  for (const rate of given.throttle.split(',').map(Number)) {
    await devtools.send('Emulation.setCPUThrottlingRate', { rate });
    for (const count of given.sizes.split(',').map(Number)) {
      const row = await measure(page, base, count);
      if (!row.moved) throw new Error('the drag moved nothing');
      rows.push({ rate, ...row });
      console.error(`${count} tasks, processor ÷${rate}: painted in ${ms(row.painted)} ms`);
    }
  }
  await browser.close();
} finally {
  stop();
}
const lines = [
  '| Tasks | Processor | Painted, ms | Scheduler’s pass, ms | Drag p50 / p95, ms | Drop painted, ms | Scroll p50 / p95, ms | Elements | JS heap, MiB |',
  '|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
  ...rows.map((row) =>
    `| ${row.tasks.toLocaleString('en')} | ${row.rate === 1 ? 'full' : `÷ ${row.rate}`} | ${ms(row.painted)} | ${row.pass.toFixed(2)} | ${ms(at(row.drag, 0.5))} / ${ms(at(row.drag, 0.95))} | ${ms(row.drop)} | ${ms(at(row.scroll, 0.5))} / ${ms(at(row.scroll, 0.95))} | ${row.elements} | ${ms(row.heap)} |`,
  ),
];
const table = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, headless Chromium without a graphics card.\n\n${lines.join('\n')}`;
console.log(table);
if (given.record) {
  const text = readFileSync(RECORD, 'utf8');
  const [head, rest] = text.split(MARKS[0]);
  const tail = rest?.split(MARKS[1])[1];
  if (tail === undefined) throw new Error(`${MARKS[0]} is missing in ${RECORD}`);
  writeFileSync(RECORD, `${head}${MARKS[0]}\n${table}\n${MARKS[1]}${tail}`);
}
