// Plans: changed by keyboard and mouse, seen by colleagues, stored, taken back.
import type { Page } from '@playwright/test';
import { expect, logIn, ready, test, visit } from '../support/test';

async function open(page: Page, name: string) {
  await visit(page, '/projects');
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name: new RegExp(name) })).toBeVisible();
  await expect(page.getByRole('treegrid', { name: 'Tasks' })).toBeVisible();
}

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });

/** When a task starts, as its row says. A narrow chart shows no more of its dates. */
const start = (page: Page, name: string) => row(page, name).locator('.c-date').first().innerText();

test('a task is moved by keyboard, a colleague sees it, and undo brings it back', async ({ page, browser }) => {
  await logIn(page);
  await open(page, 'IATF 16949');
  const colleague = await (await browser.newContext()).newPage();
  await logIn(colleague, 'anna.berg@takt.example');
  await open(colleague, 'IATF 16949');

  const before = await start(page, 'Collect evidence');
  await row(page, 'Collect evidence').click();
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(() => start(page, 'Collect evidence')).not.toBe(before);
  const after = await start(page, 'Collect evidence');
  await expect.poll(() => start(colleague, 'Collect evidence')).toBe(after);

  await page.keyboard.press('Control+z');
  await expect.poll(() => start(page, 'Collect evidence')).toBe(before);
  await expect.poll(() => start(colleague, 'Collect evidence')).toBe(before);
  await colleague.context().close();
});

test('a bar is dragged with the mouse; what follows moves with it and the change is stored', async ({ page }) => {
  await logIn(page);
  await open(page, 'Coil line retrofit');
  const first = await start(page, 'Floor survey');
  const follower = await start(page, 'Foundation');
  // The chart begins with the plan: its first bar lies in the second row. At first all of it is in sight.
  await page.getByRole('button', { name: 'Week', exact: true }).click();
  const canvas = page.locator('canvas.gantt-canvas');
  const box = (await canvas.boundingBox())!;
  await page.waitForTimeout(500);
  const y = box.y + 44 + 28 + 14;
  await page.mouse.move(box.x + 100, y);
  await page.mouse.down();
  await page.mouse.move(box.x + 180, y, { steps: 8 });
  await expect.poll(() => start(page, 'Foundation'), 'while dragging').not.toBe(follower);
  await page.mouse.move(box.x + 324, y, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => start(page, 'Floor survey')).not.toBe(first);
  const moved = await start(page, 'Floor survey');
  await page.waitForTimeout(800);
  await page.reload();
  await ready(page);
  await expect.poll(() => start(page, 'Floor survey')).toBe(moved);
});

test('a project is made, gets tasks, and a task is renamed in place', async ({ page }) => {
  await logIn(page);
  await visit(page, '/projects');
  await page.getByRole('button', { name: 'New project' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Blanking die 99');
  await page.getByRole('dialog').getByLabel('Start', { exact: true }).fill('2026-01-05');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('heading', { name: /Blanking die 99/ })).toBeVisible();
  await page.getByRole('button', { name: 'Task', exact: true }).click();
  await row(page, 'New task').click();
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('F2');
  await page.getByLabel('Name of the task').fill('Cut blanks');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Cut blanks')).toBeVisible();
  await page.waitForTimeout(800);
  await page.reload();
  await expect(row(page, 'Cut blanks')).toBeVisible();
});

test('what is changed without a connection waits, is told, and is stored when the connection is back', async ({ page, org, context }) => {
  const project = await org.make<{ id: string }>('/projects', { name: 'Lonely die', start_date: '2026-01-05' });
  for (const name of ['Cut', 'Form']) await org.make(`/projects/${project.id}/tasks`, { name, duration_minutes: 480 });
  await visit(page, `/projects/${project.id}`);
  await expect(row(page, 'Cut')).toBeVisible();
  await context.setOffline(true);
  await row(page, 'Cut').click();
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('Alt+ArrowRight');
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(() => start(page, 'Cut')).toContain('7 Jan');
  await expect(page.getByText('Offline: 2 changes wait')).toBeVisible();
  const stored = async () => (await org.get<{ tasks: { start: string }[] }>(`/projects/${project.id}/tasks`)).tasks[0]!.start;
  expect(await stored()).toContain('2026-01-05');
  await context.setOffline(false);
  await expect.poll(stored, { timeout: 15_000 }).toContain('2026-01-07');
  await expect(page.getByText(/Offline/)).toHaveCount(0);
  await expect.poll(() => start(page, 'Cut')).toContain('7 Jan');
});

test('what waits for a connection outlives a reload of the page', async ({ page, org, context }) => {
  const project = await org.make<{ id: string }>('/projects', { name: 'Stubborn die', start_date: '2026-01-05' });
  await org.make(`/projects/${project.id}/tasks`, { name: 'Cut', duration_minutes: 480 });
  await visit(page, `/projects/${project.id}`);
  await expect(row(page, 'Cut')).toBeVisible();
  await context.route('**/operations', (route) => route.abort());
  await row(page, 'Cut').click();
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByText('Offline: 1 change waits')).toBeVisible();
  page.on('dialog', (dialog) => dialog.accept());
  await page.reload();
  await expect.poll(() => start(page, 'Cut')).toContain('6 Jan');
  await expect(page.getByText('Offline: 1 change waits')).toBeVisible();
  await context.unroute('**/operations');
  const stored = async () => (await org.get<{ tasks: { start: string }[] }>(`/projects/${project.id}/tasks`)).tasks[0]!.start;
  await expect.poll(stored, { timeout: 15_000 }).toContain('2026-01-06');
  await expect(page.getByText(/Offline/)).toHaveCount(0);
  await expect.poll(() => start(page, 'Cut')).toContain('6 Jan');
});

test('the panel of the next task holds nothing of the one before', async ({ page, org }) => {
  const project = await org.make<{ id: string }>('/projects', { name: 'Honest die', start_date: '2026-01-05' });
  for (const name of ['Cut', 'Form']) await org.make(`/projects/${project.id}/tasks`, { name, duration_minutes: 480 });
  await visit(page, `/projects/${project.id}`);
  const panel = page.getByRole('complementary', { name: 'Task' });
  await row(page, 'Cut').click();
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('Space');
  await panel.getByLabel('Name', { exact: true }).fill('Shear');
  await panel.getByLabel('Progress').fill('40');
  await page.keyboard.press('Tab');
  await expect(row(page, 'Shear')).toBeVisible();
  await row(page, 'Form').click();
  await expect(panel.getByLabel('Name', { exact: true })).toHaveValue('Form');
  await expect(panel.getByLabel('Progress')).toHaveValue('0');
  await panel.getByLabel('Name', { exact: true }).click();
  await page.keyboard.press('Tab');
  const names = async () => (await org.get<{ tasks: { name: string }[] }>(`/projects/${project.id}/tasks`)).tasks.map((task) => task.name);
  await expect.poll(names).toEqual(['Shear', 'Form']);
});

test('edits that follow fast on each other are all stored', async ({ page, org }) => {
  const project = await org.make<{ id: string }>('/projects', { name: 'Fast die', start_date: '2026-01-05' });
  await org.make(`/projects/${project.id}/tasks`, { name: 'Cut', duration_minutes: 480 });
  await visit(page, `/projects/${project.id}`);
  await row(page, 'Cut').click();
  await page.getByRole('treegrid').focus();
  for (let press = 0; press < 12; press++) await page.keyboard.press('Shift+ArrowRight');
  const stored = async () =>
    (await org.get<{ tasks: { duration_minutes: number }[] }>(`/projects/${project.id}/tasks`)).tasks[0]!.duration_minutes;
  await expect.poll(stored).toBe(13 * 480);
});

type Rect = { x: number; y: number; width: number; height: number };
declare const taktBench: {
  load(plan: unknown): Promise<void>;
  barRect(id: string): Rect;
  start(id: string): string;
  finish(id: string): string;
};

/** Three tasks on the chart alone, the first two linked, and hands on their bars. */
async function chart(page: Page) {
  await visit(page, '/bench/gantt');
  await page.waitForFunction(() => 'taktBench' in window);
  const plan = {
    start: '2026-01-05T08:00:00',
    tasks: [
      { id: 'cut', name: 'Cut', duration_minutes: 1_440 },
      { id: 'form', name: 'Form', duration_minutes: 960 },
      { id: 'ship', name: 'Ship', duration_minutes: 960 },
    ],
    links: [{ from: 'cut', to: 'form', type: 'FS' }],
  };
  await page.evaluate((plan) => taktBench.load(plan), plan);
  const bar = (id: string) => page.evaluate((id) => taktBench.barRect(id), id);
  const days = (id: string) => page.evaluate((id) => `${taktBench.start(id).slice(8, 10)}–${taktBench.finish(id).slice(8, 10)}`, id);
  const drag = async (from: [number, number], to: [number, number]) => {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 8 });
    await page.mouse.up();
  };
  return { bar, days, drag };
}

test('a bar is stretched and shrunk by its end, and what follows is pushed and pulled', async ({ page }) => {
  const { bar, days, drag } = await chart(page);
  expect([await days('cut'), await days('form')]).toEqual(['05–07', '08–09']);
  let cut = await bar('cut');
  await drag([cut.x + cut.width - 3, cut.y + 8], [cut.x + cut.width + 61, cut.y + 8]);
  await expect.poll(() => days('form')).toBe('12–13');
  cut = await bar('cut');
  await drag([cut.x + cut.width - 3, cut.y + 8], [cut.x + cut.width - 99, cut.y + 8]);
  await expect.poll(() => days('form')).toBe('07–08');
});

test('a link is drawn from bar end to bar start, and progress is set on the bar', async ({ page }) => {
  const { bar, days, drag } = await chart(page);
  const [form, ship] = [await bar('form'), await bar('ship')];
  await drag([form.x + form.width + 7, form.y + 8], [ship.x + 4, ship.y + 8]);
  await expect.poll(() => days('ship')).toBe('12–13');
  await drag([form.x + 1, form.y + form.height - 1], [form.x + form.width / 2, form.y + form.height - 1]);
  await expect(page.getByRole('row', { name: /Form/ }).locator('.c-progress')).toHaveText('50');
});

test('Escape takes a drag back, and the wheel with Ctrl zooms where the pointer is', async ({ page }) => {
  const { bar, days } = await chart(page);
  const cut = await bar('cut');
  await page.mouse.move(cut.x + 20, cut.y + 6);
  await page.mouse.down();
  await page.mouse.move(cut.x + 120, cut.y + 6, { steps: 5 });
  await expect.poll(() => days('form')).not.toBe('08–09');
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('Escape');
  await expect.poll(() => days('form')).toBe('08–09');
  await page.mouse.up();
  expect(await days('form')).toBe('08–09');
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -600);
  await page.keyboard.up('Control');
  await expect.poll(async () => (await bar('cut')).width).toBeGreaterThan(cut.width * 2);
});

test.describe('with fingers', () => {
  test.use({ hasTouch: true });

  test('a finger that rests moves a bar, and two fingers zoom', async ({ page }) => {
    const { bar, days } = await chart(page);
    const ship = await bar('ship');
    const hand = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
      hand.send('Input.dispatchTouchEvent', { type, touchPoints });
    const [x, y] = [ship.x + 20, ship.y + 6];
    await touch('touchStart', [{ x, y }]);
    await page.waitForTimeout(600);
    for (let step = 1; step <= 8; step++) await touch('touchMove', [{ x: x + step * 12, y }]);
    await touch('touchEnd', []);
    await expect.poll(() => days('ship')).toBe('08–09');
    const before = (await bar('cut')).width;
    await touch('touchStart', [{ x: 900, y: y + 100 }, { x: 1_000, y: y + 100 }]);
    for (let step = 1; step <= 6; step++) {
      await touch('touchMove', [{ x: 900 - step * 15, y: y + 100 }, { x: 1_000 + step * 15, y: y + 100 }]);
    }
    await touch('touchEnd', []);
    await expect.poll(async () => (await bar('cut')).width).toBeGreaterThan(before * 1.5);
  });
});
