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
  // The chart begins with the plan: its first bar lies in the second row.
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
