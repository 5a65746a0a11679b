// Measures the chart in a browser: data in memory to painted, a drop to all successors painted, frames while dragging
// and scrolling, the scheduler's passes, elements and memory. Prints a table; `--record` writes it into docs/benchmarks.md.
import { parseArgs } from 'node:util';
import { at, browse, machine, ms, plan, record, serve, THROTTLE } from './chart.mjs';

const { values: given } = parseArgs({
  options: {
    takt: { type: 'string' },
    sizes: { type: 'string', default: '1000,10000,50000' },
    runs: { type: 'string', default: '5' },
    throttle: { type: 'string', default: '1,4' },
    record: { type: 'boolean', default: false },
  },
});
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

const { base, stop } = await serve(given.takt);
const rows = [];
try {
  const browser = await browse();
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  const devtools = await page.context().newCDPSession(page);
  for (const rate of given.throttle.split(',').map(Number)) {
    await devtools.send(THROTTLE, { rate });
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
const table = `${machine()}\n\n${lines.join('\n')}`;
console.log(table);
if (given.record) record('gantt', table);
