// Hands on a plan: picking, moving together, drawing, carrying, typing into cells, copying, links and menus; by mouse, by
// keyboard and by finger.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import type { Organization } from '../support/org';
import { expect, test, visit } from '../support/test';

type Row = { id: string };
type Task = { id: string; name: string; type: string; status: string; progress: number; duration_minutes: number; constraint: string; constraint_at: string | null; parent_id: string | null; splits?: { after_minutes: number; pause_minutes: number }[] };
type Plan = { tasks: Task[]; links: { predecessor_id: string; successor_id: string; type: string; lag_minutes: number; lag_unit: string }[] };

const NAMES = ['Design', 'Cut', 'Form', 'Ship'];

/** A plan of four tasks of two days in an organisation of its own; `links` by place. */
async function plan(page: Page, org: Organization, links: [number, number][] = []) {
  const project = await org.make<Row>('/projects', { name: 'Bracket die', start_date: '2026-01-05' });
  const tasks: Row[] = [];
  for (const name of NAMES) tasks.push(await org.make<Row>(`/projects/${project.id}/tasks`, { name, duration_minutes: 960 }));
  for (const [from, to] of links) {
    await org.make(`/projects/${project.id}/links`, { predecessor_id: tasks[from].id, successor_id: tasks[to].id });
  }
  await visit(page, `/projects/${project.id}`);
  await expect(row(page, 'Design')).toBeVisible();
  const stored = () => org.get<Plan>(`/projects/${project.id}/plan`);
  /** Names in the order of the outline, each behind dots for its level. */
  const outline = async () => {
    const { tasks } = await stored();
    const level = (task: Task): number => (task.parent_id ? 1 + level(tasks.find((other) => other.id === task.parent_id)!) : 0);
    return tasks.map((task) => '.'.repeat(level(task)) + task.name).join(' ');
  };
  const steps = async () => (await org.get<{ items: unknown[] }>(`/projects/${project.id}/activity`)).items.length;
  return { id: project.id, stored, outline, steps };
}

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });
const grid = (page: Page) => page.getByRole('treegrid', { name: 'Tasks' });
const cell = (page: Page, name: string, field: string) => row(page, name).locator(`[data-field=${field}]`);
const picked = (page: Page) => page.locator('[role=row][aria-selected=true]').evaluateAll((rows) => rows.map((row) => row.querySelector('.text')!.textContent));

/** A point of the chart: days since the fifth of January at midnight, and the place of a row. */
async function at(page: Page, days: number, place: number): Promise<[number, number]> {
  const box = (await page.locator('canvas.gantt-canvas').boundingBox())!;
  return [box.x + (2 + days) * 32, box.y + 44 + place * 28 + 12];
}

async function drag(page: Page, from: [number, number], to: [number, number], before = async () => {}) {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 8 });
  await before();
  await page.mouse.up();
}

test('picked bars move together while the pointer moves, as one step', async ({ page, org }) => {
  const { stored, steps } = await plan(page, org, [[2, 3]]);
  await row(page, 'Design').click();
  await row(page, 'Form').click({ modifiers: ['Control'] });
  await expect.poll(() => picked(page)).toEqual(['Design', 'Form']);
  await expect(page.getByRole('toolbar', { name: 'Selected tasks' })).toContainText('2 selected');
  await expectAccessible(page);
  const before = await steps();
  await drag(page, await at(page, 0.8, 0), await at(page, 2.8, 0), async () => {
    await expect(cell(page, 'Design', 'start')).toHaveText('7 Jan 2026');
    await expect(cell(page, 'Form', 'start'), 'while dragging').toHaveText('7 Jan 2026');
    await expect(cell(page, 'Ship', 'start'), 'what follows follows').toHaveText('9 Jan 2026');
    await expect(cell(page, 'Cut', 'start')).toHaveText('5 Jan 2026');
  });
  await expect.poll(async () => (await stored()).tasks.map((task) => task.constraint_at?.slice(0, 10))).toEqual(['2026-01-07', undefined, '2026-01-07', undefined]);
  expect(await steps()).toBe(before + 1);
  await page.keyboard.press('Control+z');
  await expect(cell(page, 'Form', 'start')).toHaveText('5 Jan 2026');
  await expect(cell(page, 'Design', 'start')).toHaveText('5 Jan 2026');
});

test('a summary takes what stands below it along', async ({ page, org }) => {
  const { stored } = await plan(page, org, [[1, 2]]);
  await row(page, 'Cut').click();
  await row(page, 'Form').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await expect(cell(page, 'Form', 'start')).toHaveText('7 Jan 2026');
  await page.keyboard.press('Escape');
  await drag(page, await at(page, 1.5, 0), await at(page, 2.5, 0), async () => {
    await expect(cell(page, 'Cut', 'start')).toHaveText('6 Jan 2026');
    await expect(cell(page, 'Form', 'start')).toHaveText('8 Jan 2026');
  });
  // The second waits for the first and needs no constraint of its own.
  await expect.poll(async () => (await stored()).tasks.map((task) => task.constraint_at?.slice(0, 10))).toEqual([undefined, '2026-01-06', undefined, undefined]);
});

test('rows are picked, moved, changed and removed together by keyboard', async ({ page, org }) => {
  const { stored, outline } = await plan(page, org);
  await row(page, 'Design').click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(() => picked(page)).toEqual(['Design', 'Cut', 'Form']);
  await page.keyboard.press('Shift+ArrowUp');
  await expect.poll(() => picked(page)).toEqual(['Design', 'Cut']);
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Control+Space');
  await expect.poll(() => picked(page)).toEqual(['Design', 'Cut', 'Ship']);
  await page.keyboard.press('Alt+ArrowRight');
  await expect(cell(page, 'Ship', 'start')).toHaveText('6 Jan 2026');
  await expect(cell(page, 'Cut', 'start')).toHaveText('6 Jan 2026');
  await expect(cell(page, 'Form', 'start')).toHaveText('5 Jan 2026');
  await page.getByRole('toolbar', { name: 'Selected tasks' }).getByRole('button', { name: 'Status', exact: true }).click();
  await expectAccessible(page);
  await page.getByRole('menuitem', { name: 'Waiting' }).click();
  await expect.poll(async () => (await stored()).tasks.map((task) => task.status)).toEqual(['waiting', 'waiting', 'not_started', 'waiting']);
  await page.getByRole('button', { name: 'Link in this order' }).click();
  await expect.poll(async () => (await stored()).links.length).toBe(2);
  await grid(page).focus();
  await page.keyboard.press('Escape');
  await expect.poll(() => picked(page)).toEqual(['Ship']);
  await page.keyboard.press('Control+a');
  await expect.poll(() => picked(page)).toEqual(NAMES);
  await page.keyboard.press('Delete');
  await expect.poll(outline).toBe('');
  await page.keyboard.press('Control+z');
  await expect.poll(outline).toBe('Design Cut Form Ship');
});

test('a task is drawn below the last row, and others are typed there', async ({ page, org }) => {
  const { stored, outline } = await plan(page, org);
  await drag(page, await at(page, 2.1, 4), await at(page, 4.6, 4));
  await expect(page.getByLabel('Name of the task')).toBeFocused();
  await page.keyboard.type('Paint');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await stored()).tasks.at(-1)).toMatchObject({
    name: 'Paint', duration_minutes: 1_440, constraint: 'start_no_earlier_than', constraint_at: '2026-01-07T08:00:00',
  });
  await page.getByRole('button', { name: 'Add a task…' }).click();
  await expect(page.getByLabel('Name of the new task')).toBeFocused();
  await expectAccessible(page);
  for (const name of ['Pack', 'Invoice']) {
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await expect(row(page, name)).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await expect(grid(page)).toBeFocused();
  await expect.poll(outline).toBe('Design Cut Form Ship Paint Pack Invoice');
  // On a row that has its task elsewhere nothing is drawn.
  await drag(page, await at(page, 9, 1), await at(page, 12, 1));
  // By keyboard: below the last row, the arrow goes to the new one.
  await row(page, 'Invoice').click();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: 'Add a task…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Archive');
  await page.keyboard.press('Tab');
  await page.keyboard.type('4h');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await stored()).tasks.at(-1)).toMatchObject({ name: 'Archive', duration_minutes: 240 });
  expect((await stored()).tasks).toHaveLength(8);
});

test('rows are carried to another place and level', async ({ page, org }) => {
  const { outline } = await plan(page, org);
  const hold = async (name: string) => {
    await row(page, name).hover();
    const grip = (await row(page, name).locator('.row-grip').boundingBox())!;
    return [grip.x + 8, grip.y + 12] as [number, number];
  };
  const top = (await row(page, 'Design').boundingBox())!;
  // Behind the second row, one level in.
  await drag(page, await hold('Ship'), [top.x + 85, top.y + 56], async () => {
    await expect(page.locator('.gantt-landing')).toBeVisible();
  });
  await expect.poll(outline).toBe('Design Cut .Ship Form');
  // Two together, to the top.
  await row(page, 'Cut').click();
  await row(page, 'Form').click({ modifiers: ['Control'] });
  await drag(page, await hold('Form'), [top.x + 40, top.y + 1]);
  await expect.poll(outline).toBe('Cut .Ship Form Design');
  // Escape takes it back.
  await page.mouse.move(...(await hold('Design')));
  await page.mouse.down();
  await page.mouse.move(top.x + 40, top.y + 2, { steps: 4 });
  await page.keyboard.press('Escape');
  await expect(page.locator('.gantt-landing')).toHaveCount(0);
  await page.mouse.up();
  expect(await outline()).toBe('Cut .Ship Form Design');
  // By keyboard.
  await row(page, 'Design').click();
  await page.keyboard.press('Alt+Shift+ArrowUp');
  await expect.poll(outline).toBe('Cut .Ship Design Form');
  await page.keyboard.press('Alt+Shift+ArrowDown');
  await expect.poll(outline).toBe('Cut .Ship Form Design');
});

test('cells are walked through and typed into without the mouse', async ({ page, org }) => {
  const { stored, steps } = await plan(page, org);
  await row(page, 'Design').click();
  await page.keyboard.press('ArrowRight');
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', /^name-/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('3');
  await expect(page.getByLabel('Duration of the task')).toHaveValue('3');
  await page.keyboard.type(' moons');
  await page.keyboard.press('Enter');
  await expect(page.getByText("'3 moons' is not a duration such as 3d, 4h or 90m.")).toBeVisible();
  await expect(page.getByLabel('Duration of the task')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Duration of the task')).toHaveValue('3 moons');
  await expectAccessible(page);
  await page.getByLabel('Duration of the task').fill('3d');
  // Stored, and down to the next row.
  await page.keyboard.press('Enter');
  await page.keyboard.type('4h');
  await page.keyboard.press('Tab');
  await expect.poll(async () => (await stored()).tasks.map((task) => task.duration_minutes)).toEqual([1_440, 240, 960, 960]);
  // The start of the second row, then its finish, then how far it is.
  await page.keyboard.press('F2');
  await expect(page.getByLabel('Start of the task')).toHaveValue('2026-01-05');
  await page.keyboard.type('7 Jan');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2026-01-09');
  await page.keyboard.press('Tab');
  await page.keyboard.type('40%');
  await page.keyboard.press('Tab');
  await expect(cell(page, 'Cut', 'finish')).toHaveText('9 Jan 2026');
  await expect.poll(async () => (await stored()).tasks[1]).toMatchObject({ duration_minutes: 1_440, constraint_at: '2026-01-07T08:00:00', progress: 40 });
  // Predecessors are one step, whatever they take.
  const before = await steps();
  await page.keyboard.type('1FS+1d, 3SS');
  await page.keyboard.press('Enter');
  await expect(cell(page, 'Cut', 'predecessors')).toHaveText('1FS+1d, 3SS');
  await expect.poll(async () => (await stored()).links.length).toBe(2);
  expect(await steps()).toBe(before + 1);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('F2');
  await page.keyboard.type('2');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('F2');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/These tasks wait for each other/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', /^row-/);
});

test.describe('with the clipboard', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('rows go to a spreadsheet and come back, as one step', async ({ page, org }) => {
    const { stored, outline, steps } = await plan(page, org, [[1, 2]]);
    await row(page, 'Cut').click();
    await row(page, 'Form').click({ modifiers: ['Shift'] });
    await page.keyboard.press('Control+c');
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text.split('\r\n').map((line) => line.split('\t')[3])).toEqual(['name', 'Cut', 'Form']);
    await row(page, 'Design').click();
    const before = await steps();
    await page.keyboard.press('Control+v');
    await expect.poll(outline).toBe('Design Cut Form Cut Form Ship');
    await expect.poll(async () => (await stored()).links.length).toBe(2);
    expect(await steps()).toBe(before + 1);
    // What a spreadsheet has, with an outline by blanks.
    await page.evaluate(() => navigator.clipboard.writeText('Name\tDuration\tPredecessors\r\nPacking\t\t\r\n  Boxes\t1d\t\r\n  Labels\t2h\t2\r\n'));
    await row(page, 'Ship').click();
    await page.keyboard.press('Control+v');
    await expect.poll(outline).toBe('Design Cut Form Cut Form Ship Packing .Boxes .Labels');
    await expect.poll(() => picked(page)).toEqual(['Packing']);
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await expect.poll(outline).toBe('Design Cut Form Cut Form Ship');
    // A cell that cannot be read is named, and nothing is pasted.
    await page.evaluate(() => navigator.clipboard.writeText('Name\tDuration\r\nBoxes\tsoon\r\n'));
    await row(page, 'Ship').click();
    await page.keyboard.press('Control+v');
    await expect(page.getByText(/Nothing was pasted\. row 2, duration: 'soon'/)).toBeVisible();
    expect(await outline()).toBe('Design Cut Form Cut Form Ship');
    // A column is told by all of its cells; what nobody can tell is named.
    await page.evaluate(() => navigator.clipboard.writeText('Alpha\t3 days\t05.01.2026\tblue\r\nBeta\t2\t\tred\r\n'));
    await row(page, 'Ship').click();
    await page.keyboard.press('Control+v');
    await expect(page.getByText("2 rows were pasted. But the column of 'blue' was left out.")).toBeVisible();
    await expect.poll(async () => (await stored()).tasks.slice(-2).map((task) => [task.name, task.duration_minutes])).toEqual([['Alpha', 1_440], ['Beta', 960]]);
    await grid(page).focus();
    await page.keyboard.press('Control+z');
    await expect.poll(outline).toBe('Design Cut Form Cut Form Ship');
    await row(page, 'Ship').click();
    // Cut, and pasted elsewhere.
    await page.keyboard.press('Control+x');
    await expect.poll(outline).toBe('Design Cut Form Cut Form');
    await row(page, 'Design').click();
    await page.keyboard.press('Control+v');
    await expect.poll(outline).toBe('Design Ship Cut Form Cut Form');
  });
});

test('a link is opened at its arrow, changed and removed', async ({ page, org }) => {
  const { stored } = await plan(page, org, [[0, 1], [1, 2]]);
  // The arrow goes down between the bars.
  const [x, y] = await at(page, 0, 1);
  const arrow: [number, number] = [x + (1 + 17 / 24) * 32 + 8, y - 10];
  await page.mouse.click(...arrow);
  const card = page.getByRole('dialog', { name: 'Link' });
  await expect(card).toContainText('Design');
  await expectAccessible(page);
  await card.getByLabel('Type of the link to Design').selectOption('SS');
  await card.getByLabel('Lag to Design', { exact: true }).fill('4');
  await card.getByLabel('Unit of Lag to Design').selectOption('hours');
  await expect.poll(async () => (await stored()).links[0]).toMatchObject({ type: 'SS', lag_minutes: 240 });
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  // By keyboard, and on to the next link of the row.
  await row(page, 'Cut').click();
  await page.keyboard.press('l');
  await expect(card).toContainText('1 of 2');
  await page.keyboard.press('ArrowRight');
  await expect(card).toContainText('2 of 2');
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await stored()).links.length).toBe(1);
  await expect(card).toBeHidden();
  await expect(grid(page)).toBeFocused();
});

test('a drag goes on with its task while a colleague takes rows away, and ends where the task is gone', async ({ page, org }) => {
  const { id, stored } = await plan(page, org);
  const tasks = (await stored()).tasks;
  const remove = async (place: number) => {
    const gone = await org.api.delete(`/api/v1/projects/${id}/tasks/${tasks[place].id}`);
    expect(gone.ok()).toBe(true);
    await expect(row(page, tasks[place].name)).toHaveCount(0);
  };
  // The row above goes: the held bar is one row higher, and is the same task.
  await drag(page, await at(page, 0.8, 2), await at(page, 2.8, 2), async () => {
    await expect(cell(page, 'Form', 'start')).toHaveText('7 Jan 2026');
    await remove(0);
    await expect(cell(page, 'Form', 'start'), 'still held').toHaveText('7 Jan 2026');
    await expect(cell(page, 'Ship', 'start')).toHaveText('5 Jan 2026');
    await page.mouse.move(...(await at(page, 3.8, 2)), { steps: 3 });
    await expect(cell(page, 'Form', 'start')).toHaveText('8 Jan 2026');
  });
  const dates = async () => (await stored()).tasks.map((task) => [task.name, task.constraint_at?.slice(0, 10)]);
  await expect.poll(dates).toEqual([['Cut', undefined], ['Form', '2026-01-08'], ['Ship', undefined]]);
  // The held task goes: what comes into its place stays.
  await drag(page, await at(page, 0.8, 0), await at(page, 2.8, 0), async () => {
    await expect(cell(page, 'Cut', 'start')).toHaveText('7 Jan 2026');
    await remove(1);
    await expect(page.getByText('What you were dragging was changed or removed meanwhile.')).toBeVisible();
    await page.mouse.move(...(await at(page, 4.8, 0)), { steps: 3 });
  });
  await page.waitForTimeout(300);
  expect(await dates()).toEqual([['Form', '2026-01-08'], ['Ship', undefined]]);
});

test('a bar is stretched at its start, and its finish stays', async ({ page, org }) => {
  const { stored, steps } = await plan(page, org);
  const before = await steps();
  // Design takes Monday and Tuesday; its bar begins at eight.
  const edge = 8 / 24 + 2 / 32;
  await drag(page, await at(page, edge, 0), await at(page, 1 + edge, 0), async () => {
    await expect(cell(page, 'Design', 'start')).toHaveText('6 Jan 2026');
    await expect(cell(page, 'Design', 'finish')).toHaveText('6 Jan 2026');
    await expect(cell(page, 'Design', 'duration')).toHaveText('1 d');
  });
  await expect.poll(async () => (await stored()).tasks[0]).toMatchObject({ constraint: 'start_no_earlier_than', constraint_at: '2026-01-06T08:00:00', duration_minutes: 480 });
  expect(await steps()).toBe(before + 1);
  await page.keyboard.press('Control+z');
  await expect(cell(page, 'Design', 'duration')).toHaveText('2 d');
  await expect(cell(page, 'Design', 'start')).toHaveText('5 Jan 2026');
});

test('with a pause, the part before it is stretched at its start; work that has begun stays, and says why', async ({ page, org }) => {
  const { id, stored, steps } = await plan(page, org);
  const tasks = (await stored()).tasks;
  const patch = async (place: number, data: object) => {
    const answer = await org.api.patch(`/api/v1/projects/${id}/tasks/${tasks[place].id}`, { data });
    expect(answer.ok(), await answer.text()).toBe(true);
  };
  await patch(0, { duration_minutes: 1_440, splits: [{ after_minutes: 960, pause_minutes: 480 }] });
  await patch(1, { actual_start: '2026-01-05T08:00:00' });
  await patch(2, { elapsed: true, duration_minutes: 2_880 });
  await expect(cell(page, 'Form', 'duration')).toHaveText('2 ed');
  await expect(cell(page, 'Design', 'finish')).toHaveText('8 Jan 2026');
  const before = await steps();
  const edge = 8 / 24 + 2 / 32;
  await drag(page, await at(page, edge, 0), await at(page, 1 + edge, 0), async () => {
    await expect(cell(page, 'Design', 'start')).toHaveText('6 Jan 2026');
    await expect(cell(page, 'Design', 'finish'), 'what lies behind the pause stays').toHaveText('8 Jan 2026');
    await expect(cell(page, 'Design', 'duration')).toHaveText('2 d');
  });
  await expect.poll(async () => (await stored()).tasks[0]).toMatchObject({
    constraint_at: '2026-01-06T08:00:00', duration_minutes: 960, splits: [{ after_minutes: 480, pause_minutes: 480 }],
  });
  expect(await steps()).toBe(before + 1);
  // By keys: back again, and no further than something is left of the part.
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await expect.poll(async () => (await stored()).tasks[0]).toMatchObject({ duration_minutes: 1_440, splits: [{ after_minutes: 960, pause_minutes: 480 }] });
  for (let press = 0; press < 3; press++) await page.keyboard.press('Control+Shift+ArrowRight');
  await expect.poll(async () => (await stored()).tasks[0]).toMatchObject({ duration_minutes: 960, splits: [{ after_minutes: 480, pause_minutes: 480 }] });
  // What takes time on the wall begins at midnight, and is pulled by hours on the wall.
  const wall = 2 / 32;
  await drag(page, await at(page, wall, 2), await at(page, 1 + wall, 2));
  await expect.poll(async () => (await stored()).tasks[2]).toMatchObject({ constraint_at: '2026-01-06T00:00:00', duration_minutes: 1_440 });
  // What has begun stays.
  const now = await steps();
  const canvas = page.locator('canvas.gantt-canvas');
  await page.mouse.move(...(await at(page, edge, 1)));
  await expect(canvas).toHaveCSS('cursor', 'not-allowed');
  await drag(page, await at(page, edge, 1), await at(page, 1 + edge, 1), async () => {
    await expect(cell(page, 'Cut', 'start')).toHaveText('5 Jan 2026');
  });
  await expect(page.locator('.gantt [aria-live]')).toHaveText('Work began on 5 Jan 2026: its start is a fact');
  await page.keyboard.press('Control+Shift+ArrowRight');
  await expect(page.getByText('Work began on 5 Jan 2026: its start is a fact.')).toBeVisible();
  expect(await steps()).toBe(now);
});

test('a click picks and moves nothing, a second one opens or edits what lies there', async ({ page, org }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const { id, stored } = await plan(page, org);
  const task = page.getByRole('complementary', { name: 'Task' });
  await cell(page, 'Cut', 'duration').dblclick();
  await expect(page.getByLabel('Duration of the task')).toHaveValue('2 d');
  await page.keyboard.press('Escape');
  await cell(page, 'Form', 'name').dblclick();
  await expect(page.getByLabel('Name of the task')).toHaveValue('Form');
  await page.keyboard.press('Escape');
  const canvas = page.locator('canvas.gantt-canvas');
  const top = (await canvas.boundingBox())!.y;
  await page.mouse.dblclick(...(await at(page, 1, 1)));
  await expect(task.getByLabel('Name', { exact: true })).toHaveValue('Cut');
  expect((await canvas.boundingBox())!.y, 'rows stay where they are').toBe(top);
  await page.keyboard.press('Escape');
  await expect(task).toHaveCount(0);
  // A bar far away comes into view when its row is picked.
  await org.make(`/projects/${id}/tasks`, { name: 'Audit', duration_minutes: 960, constraint: 'start_no_earlier_than', constraint_at: '2026-12-07T08:00:00' });
  const body = page.locator('.gantt-body');
  await row(page, 'Audit').click();
  await expect.poll(() => body.evaluate((node) => node.scrollLeft)).toBeGreaterThan(5_000);
  const far = await body.evaluate((node) => node.scrollLeft);
  await row(page, 'Audit').click();
  expect(await body.evaluate((node) => node.scrollLeft), 'it is in view').toBe(far);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => body.evaluate((node) => node.scrollLeft)).toBeLessThan(200);
  // Given up, a drag leaves the chart where it was.
  const box = (await canvas.boundingBox())!;
  await drag(page, await at(page, 0.8, 0), [box.x + box.width - 4, box.y + 60], async () => {
    await page.waitForTimeout(400);
    await page.keyboard.press('Escape');
  });
  await expect.poll(() => body.evaluate((node) => node.scrollLeft)).toBeLessThan(200);
  expect((await stored()).tasks[0].constraint_at ?? null).toBeNull();
});

test('where no row is, the menu offers what belongs there', async ({ page, org }) => {
  const { stored, outline } = await plan(page, org);
  await row(page, 'Cut').click();
  await page.mouse.click(...(await at(page, 9.5, 7)), { button: 'right' });
  const menu = page.getByRole('menu', { name: 'Chart' });
  await expect(menu.getByRole('menuitem', { name: 'Add a task here' })).toBeFocused();
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0);
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name of the task')).toBeFocused();
  await page.keyboard.type('Pack');
  await page.keyboard.press('Enter');
  await expect.poll(outline).toBe('Design Cut Form Ship Pack');
  expect((await stored()).tasks[4].constraint_at).toBe('2026-01-14T08:00:00');
});

test('the menu of a row does what keys do', async ({ page, org }) => {
  const { stored, outline } = await plan(page, org);
  await row(page, 'Cut').click({ button: 'right' });
  const menu = page.getByRole('menu', { name: 'Rows' });
  await expect(menu).toBeVisible();
  await expectAccessible(page);
  await menu.getByRole('menuitem', { name: 'Indent' }).click();
  await expect.poll(outline).toBe('Design .Cut Form Ship');
  // On a bar.
  await page.mouse.click(...(await at(page, 1, 3)), { button: 'right' });
  await menu.getByRole('menuitem', { name: 'Milestone or task' }).click();
  await expect.poll(async () => (await stored()).tasks[3].type).toBe('milestone');
  // By keyboard.
  await row(page, 'Form').click();
  await page.keyboard.press('Shift+F10');
  await expect(menu.getByRole('menuitem', { name: 'Open' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name of the task')).toBeFocused();
  await page.keyboard.type('Heat');
  await page.keyboard.press('Enter');
  await expect.poll(outline).toBe('Design .Cut Heat Form Ship');
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(grid(page)).toBeFocused();
});

test('a bar is split at the pointer, a later part is dragged, and parts join', async ({ page, org }) => {
  const { stored, steps } = await plan(page, org, [[0, 1]]);
  const splits = async () => (await stored()).tasks[0].splits ?? [];
  const menu = page.getByRole('menu', { name: 'Rows' });
  const before = await steps();
  await page.mouse.click(...(await at(page, 1.1, 0)), { button: 'right' });
  await expect(menu.getByRole('menuitem', { name: 'Join parts' })).toBeDisabled();
  await expectAccessible(page);
  await menu.getByRole('menuitem', { name: 'Split here' }).click();
  await expect.poll(splits).toEqual([{ after_minutes: 480, pause_minutes: 480 }]);
  await expect(cell(page, 'Cut', 'start')).toHaveText('8 Jan 2026');
  // A later part takes the pause before it along, and what follows follows.
  await drag(page, await at(page, 2.5, 0), await at(page, 3.5, 0), async () => {
    await expect(cell(page, 'Cut', 'start'), 'while dragging').toHaveText('9 Jan 2026');
    await expect(cell(page, 'Design', 'finish')).toHaveText('8 Jan 2026');
    await expect(cell(page, 'Design', 'start')).toHaveText('5 Jan 2026');
    expect(await steps(), 'nothing is stored yet').toBe(before + 1);
  });
  await expect.poll(splits).toEqual([{ after_minutes: 480, pause_minutes: 960 }]);
  expect(await steps()).toBe(before + 2);
  // Given up while it is held.
  await drag(page, await at(page, 3.5, 0), await at(page, 5.5, 0), async () => page.keyboard.press('Escape'));
  await expect(cell(page, 'Cut', 'start')).toHaveText('9 Jan 2026');
  // Until nothing is left of the pause.
  await drag(page, await at(page, 3.5, 0), await at(page, 1.3, 0), async () => {
    await expect(cell(page, 'Cut', 'start'), 'joined while dragging').toHaveText('7 Jan 2026');
  });
  await expect.poll(splits).toEqual([]);
  expect(await steps()).toBe(before + 3);
  await page.keyboard.press('Control+z');
  await expect.poll(splits).toEqual([{ after_minutes: 480, pause_minutes: 960 }]);
  await expect(cell(page, 'Cut', 'start')).toHaveText('9 Jan 2026');
  // A bar that is stretched works longer; its pause stays what it is.
  await drag(page, await at(page, 3 + 16.7 / 24, 0), await at(page, 4 + 16.7 / 24, 0));
  await expect.poll(async () => (await stored()).tasks[0].duration_minutes).toBe(1_440);
  expect(await splits()).toEqual([{ after_minutes: 480, pause_minutes: 960 }]);
  await page.keyboard.press('Control+z');
  // By keyboard, with and without the menu.
  await page.keyboard.press('Shift+J');
  await expect.poll(splits).toEqual([]);
  await page.keyboard.press('Shift+S');
  await expect.poll(splits, 'in the middle').toEqual([{ after_minutes: 480, pause_minutes: 480 }]);
  await expect(page.locator('.gantt [aria-live]')).toHaveText('Design is worked in 2 parts until 7 Jan 2026');
  await page.keyboard.press('Shift+F10');
  await expect(menu.getByRole('menuitem', { name: 'Split into parts' })).toBeEnabled();
  await menu.getByRole('menuitem', { name: 'Join parts' }).press('Enter');
  await expect.poll(splits).toEqual([]);
  await expect(grid(page)).toBeFocused();
});

/** A finger that rests at a point, then goes along `steps`. */
async function finger(page: Page) {
  const hand = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    hand.send('Input.dispatchTouchEvent', { type, touchPoints });
  return async ([x, y]: [number, number], steps: [number, number][] = []) => {
    await touch('touchStart', [{ x, y }]);
    await page.waitForTimeout(600);
    for (const [x, y] of steps) await touch('touchMove', [{ x, y }]);
    await touch('touchEnd', []);
  };
}

test.describe('with fingers', () => {
  test.use({ hasTouch: true });

  test('a finger that rests on a later part pulls it away, and asks to join', async ({ page, org }) => {
    const { stored } = await plan(page, org, [[0, 1]]);
    const splits = async () => (await stored()).tasks[0].splits ?? [];
    await grid(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+S');
    await expect.poll(splits).toEqual([{ after_minutes: 480, pause_minutes: 480 }]);
    await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
    const rest = await finger(page);
    const [x, y] = await at(page, 2.45, 0);
    await rest([x, y], [1, 2, 3, 4].map((step) => [x + step * 8, y] as [number, number]));
    await expect.poll(splits).toEqual([{ after_minutes: 480, pause_minutes: 960 }]);
    await expect(cell(page, 'Cut', 'start')).toHaveText('9 Jan 2026');
    await rest(await at(page, 3.5, 0));
    await page.getByRole('menu', { name: 'Rows' }).getByRole('menuitem', { name: 'Join parts' }).click();
    await expect.poll(splits).toEqual([]);
  });

  test('a finger that rests carries a row, draws a task and asks what can be done', async ({ page, org }) => {
    const { outline } = await plan(page, org);
    const rest = await finger(page);
    await expect(row(page, 'Ship')).toBeVisible();
    // Who and what can work has arrived by now, and rows stay where they are.
    await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
    const ship = (await row(page, 'Ship').boundingBox())!;
    const way = Array.from({ length: 8 }, (_, step) => [ship.x + 90, ship.y + 14 - (step + 1) * 12] as [number, number]);
    await rest([ship.x + 90, ship.y + 14], [...way, [ship.x + 62, ship.y - 83]]);
    await expect.poll(outline).toBe('Ship Design Cut Form');
    const [x, y] = await at(page, 2.1, 4);
    await rest([x, y], [1, 2, 3, 4].map((step) => [x + step * 14, y] as [number, number]));
    await expect(page.getByLabel('Name of the task')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect.poll(outline).toBe('Ship Design Cut Form New task');
    await rest(await at(page, 0.8, 1));
    await expect(page.getByRole('menu', { name: 'Rows' })).toBeVisible();
  });
});
