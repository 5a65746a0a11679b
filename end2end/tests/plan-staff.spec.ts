// Who does the work, when, and how it goes on: hours and absences, load, levelling, what-if, baselines, pauses, people who look at the same plan.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import type { Organization } from '../support/org';
import { expect, test, visit } from '../support/test';

type Row = { id: string };
type Task = { id: string; name: string; level_from?: string; splits?: unknown[]; locked: boolean };
type Plan = { tasks: Task[] };

/** Two tasks of two days that need the same press, and one that follows the first. */
async function plan(page: Page, org: Organization) {
  const press = crypto.randomUUID();
  await org.put(`/resources/${press}`, { kind: 'machine', name: 'Press 400 t', capacity: 100 });
  const project = await org.make<Row>('/projects', { name: 'Bracket die', start_date: '2030-01-07' });
  const tasks: Row[] = [];
  for (const name of ['First strokes', 'Capability run', 'Ship']) {
    const assignments = name === 'Ship' ? [] : [{ resource_id: press, units: 100 }];
    tasks.push(await org.make<Row>(`/projects/${project.id}/tasks`, { name, duration_minutes: 960, assignments }));
  }
  await org.make(`/projects/${project.id}/links`, { predecessor_id: tasks[1].id, successor_id: tasks[2].id });
  await visit(page, `/projects/${project.id}`);
  await expect(row(page, 'First strokes')).toBeVisible();
  const stored = async () => (await org.get<Plan>(`/projects/${project.id}/plan`)).tasks;
  const steps = async () => (await org.get<{ items: unknown[] }>(`/projects/${project.id}/activity`)).items.length;
  return { id: project.id, tasks, stored, steps };
}

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });
const load = (page: Page) => page.getByRole('region', { name: 'Load' });
const whatIf = (page: Page) => page.getByRole('region', { name: 'What if' });

async function ask(page: Page, what: string) {
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await page.getByRole('menuitem', { name: what }).click();
}

async function showLoad(page: Page) {
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Load of people and machines' }).click();
}

test('the load says who is asked for too much, and levelling is tried before it is stored', async ({ page, org }) => {
  const { stored, steps } = await plan(page, org);
  await showLoad(page);
  await expect(load(page)).toContainText('Press 400 t');
  await expect(load(page)).toContainText('16 h too much');
  await expectAccessible(page);
  const before = await steps();
  await ask(page, 'Level…');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(whatIf(page)).toContainText('16 h → 0 h');
  await expectAccessible(page);
  expect(await steps()).toBe(before);
  await whatIf(page).getByRole('button', { name: 'Apply' }).click();
  await expect.poll(steps).toBe(before + 1);
  await expect(load(page)).toContainText('From now on this plan asks nobody for too much');
  const waits = (await stored()).find((task) => task.level_from);
  expect(waits).toBeTruthy();
  await row(page, waits!.name).click();
  await page.keyboard.press('Space');
  await expect(page.getByRole('complementary', { name: 'Task' })).toContainText('Press 400 t is busy with');
  // The offer to undo outlives what made it.
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await stored()).some((task) => task.level_from)).toBe(false);
});

test('what is tried outlives a reload, is taken back, and is forgotten without a trace', async ({ page, org }) => {
  const { stored, steps } = await plan(page, org);
  const before = await steps();
  await ask(page, 'What if…');
  await expect(whatIf(page)).toContainText('nothing is stored');
  await row(page, 'Capability run').click();
  await page.getByRole('treegrid', { name: 'Tasks' }).focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(whatIf(page)).toContainText('1 step tried');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(whatIf(page)).toContainText('2 steps tried');
  await page.keyboard.press('Control+z');
  await expect(whatIf(page)).toContainText('1 step tried');
  await page.reload();
  await expect(whatIf(page)).toContainText('1 step tried');
  await expect(page.locator('.c-off.worse').first()).toBeVisible();
  await whatIf(page).getByRole('button', { name: 'Discard' }).click();
  await expect(whatIf(page)).toBeHidden();
  expect(await steps()).toBe(before);
  expect((await stored()).length).toBe(3);
});

test('a baseline is taken, compared with, removed and brought back', async ({ page, org }) => {
  const { id } = await plan(page, org);
  await ask(page, 'Baselines');
  await page.getByLabel('Keep the plan as it is now, as').fill('As ordered');
  await page.getByRole('button', { name: 'Take a baseline' }).click();
  await expect(page.getByRole('radio', { name: 'As ordered' })).toBeChecked();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await row(page, 'First strokes').click();
  await page.getByRole('treegrid', { name: 'Tasks' }).focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(row(page, 'First strokes').locator('.c-off').first()).toHaveText('+1 d');
  // A reload compares again; what is tried is compared with the plan, and the baseline comes back behind it.
  await page.waitForTimeout(400);
  await page.reload();
  await expect(row(page, 'First strokes').locator('.c-off').first()).toHaveText('+1 d');
  await expect(page.getByRole('columnheader', { name: 'Start ±' })).toHaveAttribute('title', /As ordered/);
  await ask(page, 'What if…');
  await expect(page.getByRole('columnheader', { name: 'Start ±' })).toHaveAttribute('title', /as it is stored/);
  await expect(row(page, 'First strokes').locator('.c-off').first()).toHaveText('');
  await whatIf(page).getByRole('button', { name: 'Discard' }).click();
  await expect(row(page, 'First strokes').locator('.c-off').first()).toHaveText('+1 d');
  await ask(page, 'Baselines');
  await expect(page.getByRole('radio', { name: 'As ordered' })).toBeChecked();
  await page.getByRole('button', { name: 'Remove As ordered' }).click();
  await expect(page.getByText('No baseline yet')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(async () => (await org.get<{ total: number }>(`/projects/${id}/baselines`)).total).toBe(1);
  // What is compared with nothing stays so.
  await page.waitForTimeout(400);
  await page.reload();
  await expect(row(page, 'First strokes')).toBeVisible();
  await expect(page.locator('.c-off')).toHaveCount(0);
});

test('a task is split into parts, locked, and given half of a machine', async ({ page, org }) => {
  const { stored } = await plan(page, org);
  await row(page, 'First strokes').click();
  await page.keyboard.press('Space');
  const panel = page.getByRole('complementary', { name: 'Task' });
  await panel.getByRole('button', { name: 'Split the task' }).click();
  await expect.poll(async () => (await stored())[0].splits?.length).toBe(1);
  await panel.getByRole('switch', { name: 'Levelling leaves this task where it is' }).click();
  await expect.poll(async () => (await stored())[0].locked).toBe(true);
  await panel.getByLabel('Units').fill('50');
  await panel.getByLabel('Units').press('Enter');
  await expect.poll(async () => JSON.stringify((await stored())[0])).toContain('"units":50');
  await expectAccessible(page);
});

test('others are seen, and a word to somebody reaches them', async ({ page, org, browser }) => {
  const { id } = await plan(page, org);
  const context = await browser.newContext({ storageState: await page.context().storageState() });
  const other = await context.newPage();
  await visit(other, `/projects/${id}`);
  await expect(other.getByRole('list', { name: 'Also here' }).getByRole('listitem')).toHaveCount(1, { timeout: 15_000 });
  await expect(page.getByRole('list', { name: 'Also here' }).getByRole('listitem')).toHaveCount(1, { timeout: 15_000 });
  await row(page, 'Ship').click();
  await page.keyboard.press('Space');
  const panel = page.getByRole('complementary', { name: 'Task' });
  const comment = panel.getByRole('textbox', { name: 'Comment' });
  const offered = panel.getByRole('listbox', { name: 'Speak to' });
  await comment.fill('@');
  await expect(offered.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await comment.press('Escape');
  await expect(offered, 'Escape declines, and the panel stays').toBeHidden();
  await comment.fill('');
  await comment.pressSequentially('@ol');
  const name = (await offered.getByRole('option').first().innerText()).trim();
  await comment.press('ArrowDown');
  await comment.press('Enter');
  await expect(comment).toHaveValue(`@${name} `);
  await comment.pressSequentially('please look');
  await comment.press('Control+Enter');
  await expect(comment).toHaveValue('');
  await expect(panel.locator('.mention')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Watch no longer (1)' })).toBeVisible();
  await context.close();
});

test.describe('hours of a resource', () => {
  type Resource = { id: string; version: number; calendar: { week: { from: number; to: number }[][]; exceptions: Record<string, unknown[]> } | null };

  async function press(page: Page, org: Organization) {
    const id = crypto.randomUUID();
    await org.put(`/resources/${id}`, { kind: 'machine', name: 'Press 400 t', capacity: 100 });
    await visit(page, '/projects/resources');
    const stored = async () => (await org.get<{ items: Resource[] }>('/resources')).items.find((one) => one.id === id)!;
    return { id, stored };
  }

  test('an absence is two dates, and undone', async ({ page, org }) => {
    const { stored } = await press(page, org);
    const ask = page.getByRole('button', { name: 'Absence of Press 400 t' });
    const dialog = page.getByRole('dialog', { name: 'Absence of Press 400 t' });
    await ask.press('Enter');
    await dialog.getByRole('button', { name: 'Store' }).click();
    await expect(dialog.getByText('Say which day.')).toBeVisible();
    await expect(dialog.getByLabel('First day')).toBeFocused();
    await dialog.getByLabel('First day').fill('2030-08-14');
    await dialog.getByLabel('Last day').fill('2030-08-03');
    await dialog.getByLabel('Last day').press('Enter');
    await expect(dialog.getByText('3 Aug 2030 is before 14 Aug 2030.')).toBeVisible();
    await expect(dialog.getByLabel('Last day')).toBeFocused();
    await expectAccessible(page);
    // Closed by mistake: what was typed is still there.
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(ask).toBeFocused();
    await ask.press('Enter');
    await expect(dialog.getByLabel('First day')).toHaveValue('2030-08-14');
    await dialog.getByLabel('Last day').fill('2030-08-16');
    await dialog.getByLabel('Last day').press('Enter');
    await expect(page.getByText('Press 400 t is away from 14 Aug 2030 to 16 Aug 2030.')).toBeVisible();
    await expect(row(page, 'Press 400 t')).toContainText('Whenever the task works, 3 days otherwise');
    await expect.poll(async () => (await stored()).calendar?.exceptions).toEqual({ '2030-08-14': [], '2030-08-15': [], '2030-08-16': [] });
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(async () => (await stored()).calendar ?? null).toBeNull();
    await expect(row(page, 'Press 400 t')).not.toContainText('otherwise');
  });

  test('a week with a shift over midnight and other days is edited, and nothing typed is lost', async ({ page, org }) => {
    const { id, stored } = await press(page, org);
    const change = page.getByRole('button', { name: 'Change Press 400 t' });
    const dialog = page.getByRole('dialog', { name: 'Press 400 t' });
    await change.press('Enter');
    await dialog.getByLabel('There').selectOption('own');
    await dialog.getByLabel('Monday from, window 2').fill('22');
    await dialog.getByLabel('Monday to, window 2').fill('6');
    await expect(dialog.getByRole('group', { name: 'Monday' })).toContainText('12 h');
    await dialog.getByLabel('Tuesday to, window 1').fill('7');
    await dialog.getByLabel('How many').fill('some');
    await dialog.getByRole('button', { name: 'Day or days' }).click();
    await dialog.getByRole('button', { name: 'Store' }).click();
    await expect(dialog.getByText("'some' is no number of people or machines.")).toBeVisible();
    await expect(dialog.getByRole('group', { name: 'Tuesday' }).getByText('Work from 08:00 does not end at 07:00.')).toBeVisible();
    await expect(dialog.getByText('Say which day.')).toBeVisible();
    await expect(dialog.getByLabel('How many')).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(row(page, 'Press 400 t')).toContainText('Not saved');
    await expectAccessible(page);
    // Somebody else is quicker: what was not touched shows theirs.
    await org.put(`/resources/${id}`, { kind: 'machine', name: 'Press 630 t', capacity: 100, version: 1 });
    await change.press('Enter');
    await expect(dialog.getByLabel('Tuesday to, window 1')).toHaveValue('7');
    await dialog.getByLabel('Tuesday to, window 1').fill('12');
    await dialog.getByLabel('How many').fill('2');
    await dialog.getByLabel('From', { exact: true }).fill('2030-12-24');
    await dialog.getByLabel('To, left empty for one day').fill('2030-12-26');
    await dialog.getByRole('button', { name: 'Store' }).click();
    const theirs = page.getByRole('dialog', { name: 'Press 630 t' });
    await expect(theirs.getByText(/Somebody changed this meanwhile/)).toBeVisible();
    await expect(theirs.getByLabel('Name')).toHaveValue('Press 630 t');
    await theirs.getByRole('button', { name: 'Store' }).click();
    await expect(theirs).toBeHidden();
    // 12 and 8 hours on four days.
    await expect(row(page, 'Press 630 t')).toContainText('44 h a week, 3 days otherwise');
    const { calendar } = await stored();
    expect(calendar!.week[0]).toEqual([{ from: 480, to: 720 }, { from: 1_320, to: 1_440 }]);
    expect(calendar!.week[1]).toEqual([{ from: 0, to: 360 }, { from: 480, to: 720 }, { from: 780, to: 1_020 }]);
    expect(calendar!.exceptions).toEqual({ '2030-12-24': [], '2030-12-25': [], '2030-12-26': [] });
    // As it was typed.
    await page.getByRole('button', { name: 'Change Press 630 t' }).click();
    await expect(theirs.getByLabel('Monday to, window 2')).toHaveValue('06:00');
    await theirs.getByLabel('There').selectOption('always');
    await theirs.getByRole('button', { name: 'Store' }).click();
    await expect(row(page, 'Press 630 t')).toContainText('Whenever the task works, 3 days otherwise');
  });
});
