// Working time and tasks in full: by mouse and by keyboard, stored, seen by colleagues, taken back.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import type { Organization } from '../support/org';
import { expect, ready, test, visit } from '../support/test';

type Row = { id: string };
type Plan = {
  head: { calendar_id: string };
  calendars: { id: string; name: string; calendar: { week: { from: number; to: number }[][]; exceptions: Record<string, unknown[]> } }[];
  tasks: Record<string, unknown>[];
  links: Record<string, unknown>[];
};

/** A plan of three tasks in an organisation of its own. */
async function plan(page: Page, org: Organization) {
  const project = await org.make<Row>('/projects', { name: 'Bracket die', start_date: '2026-01-05' });
  const tasks: Row[] = [];
  for (const name of ['Design', 'Cut blanks', 'Assemble']) {
    tasks.push(await org.make<Row>(`/projects/${project.id}/tasks`, { name, duration_minutes: 960 }));
  }
  await visit(page, `/projects/${project.id}`);
  await expect(page.getByRole('row', { name: /Design/ })).toBeVisible();
  const stored = () => org.get<Plan>(`/projects/${project.id}/plan`);
  return { id: project.id, tasks, stored };
}

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });
const panel = (page: Page) => page.getByRole('complementary', { name: 'Task' });

async function open(page: Page, name: string) {
  await row(page, name).click();
  await page.keyboard.press('Space');
  await expect(panel(page).getByLabel('Name', { exact: true })).toHaveValue(name);
}

test('working time: a longer Monday and a shutdown move the plan, and undo brings it back', async ({ page, org }) => {
  const { stored } = await plan(page, org);
  const before = await row(page, 'Design').innerText();
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Working time' }).click();
  const dialog = page.getByRole('dialog', { name: 'Working time' });
  await expect(dialog.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await expectAccessible(page);
  // A mistake is named beside its day.
  await dialog.getByLabel('Monday to, window 2').fill('12');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByRole('group', { name: 'Monday' }).getByText('Work from 13:00 does not end at 12:00.')).toBeVisible();
  await expect(dialog.getByLabel('Monday from, window 1')).toBeFocused();
  await expectAccessible(page);
  await dialog.getByLabel('Monday to, window 2').fill('18:30');
  await dialog.getByRole('button', { name: 'Monday: add working time' }).click();
  await dialog.getByLabel('Monday from, window 3').fill('19');
  await dialog.getByLabel('Monday to, window 3').fill('21');
  await expect(dialog.getByRole('group', { name: 'Monday' })).toContainText('11 h 30 min');
  // Closed by mistake: what was typed is still there.
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Working time' }).click();
  await expect(dialog.getByLabel('Monday to, window 3')).toHaveValue('21');
  await dialog.getByRole('button', { name: 'Day or days' }).click();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByText('Say which day.')).toBeVisible();
  await dialog.getByLabel('From', { exact: true }).fill('2026-01-06');
  await dialog.getByLabel('To, left empty for one day').fill('2026-01-09');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByText('Saved', { exact: true })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await expect(dialog.getByLabel('Monday to, window 3')).toHaveValue('21:00');
  await expect.poll(() => row(page, 'Design').innerText()).not.toBe(before);
  await expect.poll(async () => Object.keys((await stored()).calendars[0].calendar.exceptions)).toEqual(['2026-01-06', '2026-01-07', '2026-01-08', '2026-01-09']);
  expect((await stored()).calendars[0].calendar.week[0]).toEqual([{ from: 480, to: 720 }, { from: 780, to: 1110 }, { from: 1140, to: 1260 }]);
  await dialog.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(dialog.getByRole('group', { name: 'Monday' })).toContainText('8 h');
  await page.keyboard.press('Escape');
  await expect.poll(() => row(page, 'Design').innerText()).toBe(before);
});

test('a second calendar is made, given to a task, and stays while it is used', async ({ page, org }) => {
  const { stored } = await plan(page, org);
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Working time' }).click();
  const dialog = page.getByRole('dialog', { name: 'Working time' });
  await dialog.getByRole('button', { name: 'Calendar', exact: true }).click();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByText('Give the calendar a name.')).toBeVisible();
  await dialog.getByLabel('Name').fill('Night shift');
  await dialog.getByLabel('Monday from, window 1').fill('0');
  await dialog.getByLabel('Monday to, window 1').fill('6');
  await dialog.getByRole('button', { name: 'Monday remove, window 2' }).click();
  await dialog.getByRole('button', { name: 'Monday for Tuesday to Friday' }).click();
  await expect(dialog.getByRole('group', { name: 'Friday' })).toContainText('6 h');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByText('Saved', { exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();

  await open(page, 'Cut blanks');
  await panel(page).getByLabel('Calendar').selectOption('Night shift');
  await expect.poll(async () => (await stored()).tasks[1].calendar_id).not.toBeNull();
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Working time' }).click();
  await dialog.getByRole('navigation', { name: 'Calendars' }).getByRole('button', { name: /Night shift/ }).click();
  await expect(dialog.getByText('1 task works by it.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Remove', exact: true })).toBeDisabled();
  await dialog.getByRole('button', { name: "Make it the project's" }).click();
  await expect.poll(async () => { const now = await stored(); return now.calendars.find((one) => one.id === now.head.calendar_id)?.name; }).toBe('Night shift');
  await dialog.getByRole('navigation', { name: 'Calendars' }).getByRole('button', { name: /Standard/ }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('Standard was removed.')).toBeVisible();
  await expect.poll(async () => (await stored()).calendars.length).toBe(1);
});

test('a task gets people, a predecessor with a lag, dates and a deadline', async ({ page, org }) => {
  const { stored } = await plan(page, org);
  await open(page, 'Cut blanks');
  const task = panel(page);
  await expectAccessible(page);

  // People, by keyboard.
  await task.getByRole('combobox', { name: 'Add a person' }).focus();
  await page.keyboard.type('olga');
  await expect(task.getByRole('option', { name: 'Olga Owner' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(task.getByRole('button', { name: 'Take Olga Owner off' })).toBeVisible();

  // A predecessor, by mouse; its type and its lag.
  const before = await row(page, 'Cut blanks').innerText();
  await task.getByRole('combobox', { name: 'Add a predecessor' }).click();
  await expect(task.getByRole('option', { name: /Design/ })).toBeInViewport();
  await task.getByRole('option', { name: /Design/ }).click();
  await expect.poll(() => row(page, 'Cut blanks').innerText()).not.toBe(before);
  await task.getByLabel('Lag to Design', { exact: true }).fill('1.5');
  await page.keyboard.press('Enter');
  await task.getByLabel('Type of the link to Design').selectOption('SS');
  await expect.poll(async () => (await stored()).links[0]).toMatchObject({ type: 'SS', lag_minutes: 720, lag_unit: 'working' });
  await task.getByLabel('Unit of Lag to Design').selectOption('elapsed days');
  await expect.poll(async () => (await stored()).links[0]).toMatchObject({ lag_minutes: 2160, lag_unit: 'elapsed' });

  // A circle is refused beside the link that would close it.
  await task.getByRole('combobox', { name: 'Add a successor' }).fill('design');
  await page.keyboard.press('Enter');
  await expect(task.getByText(/These tasks wait for each other/)).toBeVisible();
  await expectAccessible(page);

  // Dates: a constraint holds the task where it stands until its date is chosen.
  await task.getByLabel('Constraint', { exact: true }).selectOption('Finish no later than');
  await task.getByLabel('Constraint date').fill('2026-02-20');
  await task.getByLabel('Deadline').fill('2026-02-27');
  await page.keyboard.press('Tab');
  await task.locator('input[name=department]').fill('Press shop');
  await task.getByLabel('Priority').fill('1200');
  await page.keyboard.press('Tab');
  await expect(task.getByText('Priority is 0 to 1000; this is 1200.')).toBeVisible();
  await expect(task.getByLabel('Priority')).toHaveValue('1200');
  await task.getByLabel('Priority').fill('800');
  await page.keyboard.press('Enter');
  await task.getByLabel('Duration', { exact: true }).fill('4');
  await task.getByLabel('Unit of Duration').selectOption('hours');
  await expect.poll(async () => (await stored()).tasks[1]).toMatchObject({
    constraint: 'finish_no_later_than', constraint_at: '2026-02-20T17:00:00', deadline: '2026-02-27T17:00:00',
    department: 'Press shop', priority: 800, duration_minutes: 240,
  });
  expect(((await stored()).tasks[1].assignees as string[]).length).toBe(1);

  await task.getByRole('button', { name: 'Remove the link to Design' }).click();
  await expect.poll(async () => (await stored()).links.length).toBe(0);
  await page.reload();
  await ready(page);
  await open(page, 'Cut blanks');
  await expect(task.getByLabel('Deadline')).toHaveValue('2026-02-27');
});

test('the panel goes with the row, keeps what was refused, and closes on Escape', async ({ page, org }) => {
  const { id, tasks, stored } = await plan(page, org);
  const task = panel(page);
  const name = task.getByLabel('Name', { exact: true });
  await row(page, 'Design').click();
  await expect(row(page, 'Design')).toHaveAttribute('aria-selected', 'true');
  await expect(task, 'a click picks').toHaveCount(0);
  await row(page, 'Design').getByRole('button', { name: 'Details' }).click();
  await expect(name).toHaveValue('Design');
  await row(page, 'Cut blanks').click();
  await expect(name).toHaveValue('Cut blanks');
  await page.keyboard.press('ArrowDown');
  await expect(name).toHaveValue('Assemble');
  await expectAccessible(page);

  // What is refused is not lost by going to another row.
  await task.getByLabel('Duration', { exact: true }).fill('soon');
  await row(page, 'Design').click();
  await expect(task).toContainText('Put right what is refused');
  await expect(name).toHaveValue('Assemble');
  await expect(task.getByLabel('Duration', { exact: true })).toHaveValue('soon');
  await expect(task.getByLabel('Duration', { exact: true })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(name, 'taken back, it goes on').toHaveValue('Design');
  await name.fill('');
  await row(page, 'Cut blanks').click();
  await expect(name).toBeFocused();
  await page.keyboard.type('Sketch');
  await page.keyboard.press('Enter');
  await expect(name, 'put right, it goes on').toHaveValue('Cut blanks');
  await expect.poll(async () => (await stored()).tasks.map((task) => task.name)).toEqual(['Sketch', 'Cut blanks', 'Assemble']);

  // What is stored on the way makes the rows anew; the press that leaves the field picks its row nevertheless.
  await task.getByLabel('Notes').fill('Ask the toolmaker');
  await row(page, 'Assemble').click();
  await expect(name).toHaveValue('Assemble');
  await expect.poll(async () => (await org.get<{ notes: string }>(`/projects/${id}/tasks/${tasks[1].id}`)).notes).toBe('Ask the toolmaker');
  await row(page, 'Cut blanks').click();
  await expect(name).toHaveValue('Cut blanks');

  // A comment that was begun is there again.
  await task.getByRole('textbox', { name: 'Comment' }).fill('Ask first');
  await row(page, 'Assemble').click();
  await expect(name).toHaveValue('Assemble');
  await expect(task.getByRole('textbox', { name: 'Comment' })).toHaveValue('');
  await row(page, 'Cut blanks').click();
  await expect(task.getByRole('textbox', { name: 'Comment' })).toHaveValue('Ask first');

  // Escape takes back what is typed, then closes; in the table, too.
  await name.fill('Other');
  await page.keyboard.press('Escape');
  await expect(name).toHaveValue('Cut blanks');
  await page.keyboard.press('Escape');
  await expect(task).toHaveCount(0);
  await expect(page.getByRole('treegrid', { name: 'Tasks' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(name).toHaveValue('Cut blanks');
  await page.keyboard.press('Escape');
  await expect(task).toHaveCount(0);
});

test('what is being typed stays while a colleague changes the plan around it', async ({ page, org }) => {
  const { id, tasks } = await plan(page, org);
  await open(page, 'Design');
  const task = panel(page);
  await task.getByLabel('Notes').fill('Ask the toolmaker');
  await org.make(`/projects/${id}/tasks`, { name: 'Inspect' });
  await expect(row(page, 'Inspect')).toBeVisible();
  await expect(task.getByLabel('Notes')).toHaveValue('Ask the toolmaker');
  await expect(task.getByLabel('Notes')).toBeFocused();
  const changed = await org.api.patch(`/api/v1/projects/${id}/tasks/${tasks[0].id}`, { data: { name: 'Design the die' } });
  expect(changed.ok()).toBe(true);
  await expect(task.getByLabel('Name', { exact: true })).toHaveValue('Design the die');
  await expect(task.getByLabel('Notes')).toHaveValue('Ask the toolmaker');
  await page.keyboard.press('Tab');
  await expect.poll(async () => (await org.get<{ notes: string }>(`/projects/${id}/tasks/${tasks[0].id}`)).notes).toBe('Ask the toolmaker');
});

test('the organisation gets another name, and the palette finds a project', async ({ page, org }) => {
  await org.make('/projects', { name: 'Bracket die', start_date: '2026-01-05' });
  await visit(page, '/settings');
  await expectAccessible(page);
  const form = page.locator('#form-organization');
  await form.getByLabel('Name').fill(' ');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Give the organisation a name.')).toBeVisible();
  await form.getByLabel('Name').fill('Nordwerk');
  await form.getByLabel('Trade').selectOption('Tool and die making');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.top-organization')).toHaveText('Nordwerk');
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled();

  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Search or jump to' });
  await page.keyboard.type('bracket');
  await expect(palette.getByRole('option', { name: /Bracket die/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Bracket die/ })).toBeVisible();
});
