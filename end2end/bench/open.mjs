// Measures how long it takes to open a project from a cold cache: from the address to the painted chart, with the program
// fetched, compiled and started. Prints a table; `--record` writes it into docs/benchmarks.md.
import { request } from '@playwright/test';
import { parseArgs } from 'node:util';
import { at, browse, machine, ms, plan, record, serve, THROTTLE } from './chart.mjs';

const { values: given } = parseArgs({
  options: {
    takt: { type: 'string' },
    sizes: { type: 'string', default: '1000,10000' },
    runs: { type: 'string', default: '7' },
    throttle: { type: 'string', default: '1,4' },
    record: { type: 'boolean', default: false },
  },
});

/** The plan as a spreadsheet would bring it. */
function spreadsheet(count) {
  const { tasks, links } = plan(count);
  const number = new Map(tasks.map((task, index) => [task.id, index + 1]));
  const waits = new Map();
  for (const { from, to } of links) waits.set(to, [...(waits.get(to) ?? []), number.get(from)]);
  const line = (task) => {
    const duration = task.type === 'summary' ? '' : `${task.duration_minutes / 480}d`;
    return `${number.get(task.id)},${task.parent ? 2 : 1},${task.name},${duration},${(waits.get(task.id) ?? []).join(';')}`;
  };
  return ['id,level,name,duration,predecessors', ...tasks.map(line)].join('\n');
}

/** An organisation with a plan of each size, and the cookies of its owner. */
async function prepare(base, sizes) {
  const owner = { email: 'bench@takt.example', password: 'correct horse 4711' };
  const door = await request.newContext({ baseURL: base });
  const registered = await door.post('/api/v1/auth/register', {
    data: {
      organization_name: 'Bench', owner_name: 'Bench', owner_email: owner.email, owner_password: owner.password, industry: 'press_shop',
    },
  });
  if (!registered.ok()) throw new Error(await registered.text());
  const { access_token } = await registered.json();
  const projects = new Map();
  for (const count of sizes) {
    const answer = await door.post(`/api/v1/projects/import?filename=plan.csv&name=${count}`, {
      data: spreadsheet(count),
      headers: { 'content-type': 'text/csv', authorization: `Bearer ${access_token}` },
      timeout: 120_000,
    });
    if (!answer.ok()) throw new Error(await answer.text());
    projects.set(count, (await answer.json()).id);
  }
  const session = await door.post('/fn/identity/login', { data: { given: owner } });
  if (!session.ok()) throw new Error(await session.text());
  const state = await door.storageState();
  await door.dispose();
  return { projects, state };
}

/** When what happened, in milliseconds since the address was entered. */
const happened = (page) =>
  page.evaluate(() => new Promise((done) => {
    const look = () => {
      const [painted] = performance.getEntriesByName('takt.painted');
      if (!painted) return requestAnimationFrame(look);
      requestAnimationFrame(() => {
        const shown = performance.now();
        const [page] = performance.getEntriesByType('navigation');
        const fetched = performance.getEntriesByType('resource');
        const end = (part) => Math.max(...fetched.filter((one) => one.name.includes(part)).map((one) => one.responseEnd), 0);
        const bytes = fetched.reduce((sum, one) => sum + one.transferSize, page.transferSize);
        const seen = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
        const mark = (name) => performance.getEntriesByName(`takt.${name}`)[0].startTime;
        done({ answered: page.responseEnd, seen, program: end('.wasm'), plan: end('/plan'), loaded: mark('loaded'), scheduled: mark('scheduled'), shown, bytes });
      });
    };
    look();
  }));

const sizes = given.sizes.split(',').map(Number);
const { base, stop } = await serve(given.takt);
const rows = [];
try {
  const { projects, state } = await prepare(base, sizes);
  for (const rate of given.throttle.split(',').map(Number)) {
    for (const count of sizes) {
      const runs = [];
      for (let run = 0; run < Number(given.runs); run++) {
        // A browser that has never been here: nothing kept, nothing compiled.
        const browser = await browse();
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, storageState: state });
        const page = await context.newPage();
        if (rate > 1) await (await context.newCDPSession(page)).send(THROTTLE, { rate });
        await page.goto(`${base}/projects/${projects.get(count)}`, { waitUntil: 'commit' });
        runs.push(await happened(page));
        await browser.close();
      }
      const row = Object.fromEntries(Object.keys(runs[0]).map((key) => [key, at(runs.map((run) => run[key]), 0.5)]));
      rows.push({ rate, count, ...row });
      console.error(`${count} tasks, processor ÷${rate}: opened in ${ms(row.shown)} ms`);
    }
  }
} finally {
  stop();
}
const lines = [
  '| Tasks | Processor | Page answered, ms | Text seen, ms | Plan here, ms | Program here, ms | Plan read, ms | Scheduled, ms | **Chart painted, ms** | Transferred, KB |',
  '|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
  ...rows.map((row) =>
    `| ${row.count.toLocaleString('en')} | ${row.rate === 1 ? 'full' : `÷ ${row.rate}`} | ${ms(row.answered)} | ${ms(row.seen)} | ${ms(row.plan)} | ${ms(row.program)} | ${ms(row.loaded)} | ${ms(row.scheduled)} | ${ms(row.shown)} | ${(row.bytes / 1024).toFixed(0)} |`,
  ),
];
const table = `${machine()}\n\n${lines.join('\n')}`;
console.log(table);
if (given.record) record('open', table);
