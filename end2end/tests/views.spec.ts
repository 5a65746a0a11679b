// The same rows as table, board, calendar and lanes; filters and looks that are kept; one's own tasks; all projects.
// Each by mouse and by keyboard, where it moves something also by finger.
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import type { Organization } from '../support/org';
import { shoot } from '../support/screenshots';
import { expect, logIn, ready, test, visit } from '../support/test';

type Row = { id: string };
type Task = { id: string; name: string; status: string; start: string; department: string | null; assignees: string[] };

/** Three tasks one after another, from Monday, 5 January 2026. */
async function plan(page: Page, org: Organization, query = '') {
  const project = await org.make<Row>('/projects', { name: 'Bracket die', start_date: '2026-01-05' });
  const rows: Row[] = [];
  const tasks = [
    { name: 'Design', department: 'Toolroom', status: 'processing', progress: 40 },
    { name: 'Cut blanks', department: 'Press shop' },
    { name: 'Assemble' },
  ];
  for (const task of tasks) rows.push(await org.make<Row>(`/projects/${project.id}/tasks`, { duration_minutes: 960, ...task }));
  const stored = async (name: string) =>
    (await org.get<{ tasks: Task[] }>(`/projects/${project.id}/tasks`)).tasks.find((task) => task.name === name)!;
  await visit(page, `/projects/${project.id}${query}`);
  await expect(page.getByRole('tab', { name: 'Board' })).toBeVisible();
  return { id: project.id, rows, stored };
}

const view = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();
const column = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}, `) });
const card = (within: Page | Locator, name: string) => within.getByRole('button', { name: new RegExp(name) });
const panel = (page: Page) => page.getByRole('complementary', { name: 'Task' });

/** Drags with the mouse from the middle of one to a point of the other. */
async function drag(page: Page, from: Locator, to: Locator) {
  await from.scrollIntoViewIfNeeded();
  const [a, b] = [(await from.boundingBox())!, (await to.boundingBox())!];
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move(b.x + b.width / 2, b.y + Math.min(b.height / 2, 60), { steps: 10 });
  await page.mouse.up();
}

test('board: a card is dragged, lifted by keys, taken back, and seen by a colleague', async ({ page, org, context }) => {
  const { id, stored } = await plan(page, org, '?view=board');
  await expectAccessible(page);
  await expect(column(page, 'Processing').getByText('1 d left')).toBeVisible();
  const colleague = await context.newPage();
  await visit(colleague, `/projects/${id}?view=board`);
  await drag(page, card(column(page, 'Not started'), 'Cut blanks'), column(page, 'Waiting'));
  await expect(card(column(page, 'Waiting'), 'Cut blanks')).toBeVisible();
  await expect(card(column(colleague, 'Waiting'), 'Cut blanks')).toBeVisible();
  await expect.poll(async () => (await stored('Cut blanks')).status).toBe('waiting');
  await expect(panel(page)).toHaveCount(0);
  // By keys: lifted, two to the right, put down; the focus stays with it.
  await card(page, 'Assemble').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expectAccessible(page);
  await page.keyboard.press('Space');
  await expect(card(column(page, 'Waiting'), 'Assemble')).toBeFocused();
  await expect.poll(async () => (await stored('Assemble')).status).toBe('waiting');
  // Escape puts it back.
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await expect(card(column(page, 'Waiting'), 'Assemble')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(card(column(page, 'Not started'), 'Assemble')).toBeVisible();
  await card(page, 'Design').click();
  await expect(panel(page).getByLabel('Name', { exact: true })).toHaveValue('Design');
  await view(page, 'Gantt');
  await expect(page.getByRole('treegrid', { name: 'Tasks' })).toBeVisible();
  await expect(panel(page).getByLabel('Name', { exact: true })).toHaveValue('Design');
  await colleague.close();
});

test('table: sorted, columns chosen, walked by keys, all in the address', async ({ page, org }) => {
  await plan(page, org);
  await view(page, 'Table');
  const table = page.getByRole('grid', { name: 'Tasks' });
  await expect(table.getByRole('row')).toHaveCount(4);
  await expectAccessible(page);
  await table.getByRole('button', { name: 'Task' }).click();
  await expect(table.getByRole('row').nth(1)).toContainText('Assemble');
  await table.getByRole('button', { name: 'Task' }).click();
  await expect(table.getByRole('row').nth(1)).toContainText('Design');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Priority' }).click();
  await expect(table.getByRole('columnheader', { name: 'Priority' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/view=table.*columns=.*priority.*sort=-name/);
  await page.reload();
  await ready(page);
  await expect(table.getByRole('columnheader', { name: 'Priority' })).toBeVisible();
  await expect(table.getByRole('row').nth(1)).toContainText('Design');
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByLabel('Name', { exact: true })).toHaveValue('Cut blanks');
});

test('table: as in the chart, a click marks, a second one, Enter and Space open, and an open panel follows', async ({ page, org }) => {
  await plan(page, org, '?view=table');
  const table = page.getByRole('grid', { name: 'Tasks' });
  const line = (name: string) => table.getByRole('row', { name: new RegExp(name) });
  const name = panel(page).getByLabel('Name', { exact: true });
  await line('Cut blanks').click();
  await expect(line('Cut blanks')).toHaveAttribute('aria-selected', 'true');
  await expect(panel(page)).toHaveCount(0);
  await page.keyboard.press('Space');
  await expect(name).toHaveValue('Cut blanks');
  await line('Design').click();
  await expect(name, 'the open panel goes along').toHaveValue('Design');
  await panel(page).getByRole('button', { name: 'Close' }).click();
  await expect(panel(page)).toHaveCount(0);
  await line('Assemble').dblclick();
  await expect(name).toHaveValue('Assemble');
  await panel(page).getByRole('button', { name: 'Close' }).click();
  // One press on what opens, as in the chart.
  await line('Cut blanks').hover();
  await line('Cut blanks').getByRole('button', { name: 'Details' }).click();
  await expect(name).toHaveValue('Cut blanks');
  await expectAccessible(page);
});

test('calendar: a task is dragged to another day, moved by keys, and a full day is opened', async ({ page, org }) => {
  const { id, stored } = await plan(page, org, '?view=calendar&day=2026-01-05');
  const day = (date: string) => page.locator(`.month-day[data-drop="${date}"]`);
  await expect(page.getByRole('heading', { name: 'January 2026' })).toBeVisible();
  await expectAccessible(page);
  await drag(page, card(page, 'Cut blanks').first(), day('2026-01-14'));
  await expect.poll(async () => (await stored('Cut blanks')).start).toContain('2026-01-1');
  const before = (await stored('Assemble')).start;
  await page.getByRole('button', { name: 'Assemble' }).focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(async () => (await stored('Assemble')).start).not.toBe(before);
  await expect(page.getByRole('button', { name: 'Assemble' }).first()).toBeFocused();
  for (let number = 1; number <= 4; number++) {
    await org.make(`/projects/${id}/tasks`, { name: `Extra ${number}`, duration_minutes: 480 });
  }
  const more = day('2026-01-05').getByRole('button', { name: /more/ });
  await expect(more).toHaveText(/\+\d more/);
  await page.getByRole('button', { name: /^Monday 5 Jan 2026/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('button', { name: /^Monday 5 Jan 2026/ })).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Monday 5 Jan 2026' });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: /Extra 3/ }).click();
  await expect(panel(page).getByLabel('Name', { exact: true })).toHaveValue('Extra 3');
  await page.getByRole('button', { name: 'Week', exact: true }).click();
  await expect(page).toHaveURL(/span=week/);
  await page.getByRole('button', { name: 'After' }).click();
  await expect(page.getByRole('heading', { name: '12 Jan – 18 Jan 2026' })).toBeVisible();
});

test('lanes: work goes to another department and to another person', async ({ page, org }) => {
  const { stored } = await plan(page, org, '?view=departments');
  const lane = (name: string) => page.getByRole('region', { name: new RegExp(`^${name}, `) });
  await expectAccessible(page);
  await drag(page, card(lane('Press shop'), 'Cut blanks'), lane('Toolroom'));
  await expect.poll(async () => (await stored('Cut blanks')).department).toBe('Toolroom');
  await expect(card(lane('Toolroom'), 'Cut blanks')).toBeVisible();
  await view(page, 'People');
  await expectAccessible(page);
  await card(lane('Nobody'), 'Assemble').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await expect.poll(async () => (await stored('Assemble')).assignees.length).toBe(1);
  await expect(card(lane('Olga Owner'), 'Assemble')).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await stored('Assemble')).assignees.length).toBe(0);
});

test('filters hold for every view, and the chart keeps the summaries above', async ({ page, org }) => {
  const { id } = await plan(page, org);
  const phase = await org.make<Row>(`/projects/${id}/tasks`, { name: 'Try-out', type: 'summary' });
  await org.make(`/projects/${id}/tasks`, { name: 'First strokes', parent_id: phase.id, status: 'at_risk' });
  const rows = page.getByRole('treegrid', { name: 'Tasks' }).getByRole('row');
  await expect(rows).toHaveCount(6);
  await page.getByRole('button', { name: 'Status' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'At risk' }).click();
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText('Try-out');
  await expect(page.getByText('1 of 4 tasks')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await view(page, 'Board');
  await expect(card(page, 'First strokes')).toBeVisible();
  await expect(card(page, 'Design')).toHaveCount(0);
  await page.getByRole('button', { name: 'Take the filter At risk off' }).click();
  await page.getByRole('searchbox', { name: 'Search tasks' }).fill('toolroom');
  await expect(card(page, 'Design')).toBeVisible();
  await expect(page.getByText('1 of 4 tasks')).toBeVisible();
  await expect(page).toHaveURL(/view=board&q=toolroom/);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.getByText('4 tasks', { exact: true })).toBeVisible();
  await expect(page.getByRole('searchbox', { name: 'Search tasks' })).toHaveValue('');
});

test('a look is saved, chosen again, shared, and forgotten', async ({ page, org }) => {
  const { id } = await plan(page, org, '?view=board&department=Toolroom');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByText('Give the view a name.')).toBeVisible();
  await dialog.getByLabel('Name').fill('Toolroom board');
  await dialog.getByLabel('Everybody who sees this project sees the view').check();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Toolroom board is saved.')).toBeVisible();
  await visit(page, `/projects/${id}`);
  await page.getByRole('button', { name: 'Saved views' }).click();
  await expectAccessible(page);
  await page.getByRole('menuitemradio', { name: 'Toolroom board' }).click();
  await expect(page).toHaveURL(/view=board&department=Toolroom/);
  await expect(card(page, 'Design')).toBeVisible();
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Manage views' }).click();
  await expect(dialog.getByRole('switch', { name: 'Share Toolroom board' })).toHaveAttribute('aria-checked', 'true');
  await dialog.getByRole('textbox', { name: 'Name of the view Toolroom board' }).fill('Tool makers');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('textbox', { name: 'Name of the view Tool makers' })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Remove Tool makers' }).click();
  await expect(dialog.getByRole('textbox')).toHaveCount(0);
});

test('switching views loses neither zoom nor place nor what is typed into the chart', async ({ page, org }) => {
  const { id } = await plan(page, org);
  for (let number = 1; number <= 40; number++) await org.make(`/projects/${id}/tasks`, { name: `Part ${number}`, duration_minutes: 480 });
  await expect(page.getByRole('row', { name: /Part 2\b/ })).toBeVisible();
  const body = page.locator('.gantt-body');
  await page.getByRole('button', { name: 'Month' }).click();
  await body.evaluate((body) => body.scrollTo(0, 400));
  await expect(page.getByRole('row', { name: /Part 20/ })).toBeVisible();
  await view(page, 'Board');
  await expect(column(page, 'Not started')).toBeVisible();
  await view(page, 'Gantt');
  await expect.poll(() => body.evaluate((body) => body.scrollTop)).toBe(400);
  await expect(page.getByRole('row', { name: /Part 20/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Month' })).toHaveAttribute('aria-pressed', 'true');
  await page.goBack();
  await expect(column(page, 'Not started')).toBeVisible();
});

test('my tasks over all projects; progress is said right there', async ({ page, org }) => {
  const me = (await org.get<{ user: Row }>('/auth/me')).user.id;
  for (const name of ['Die 7', 'Line 4']) {
    const project = await org.make<Row>('/projects', { name, start_date: '2026-01-05' });
    await org.make(`/projects/${project.id}/tasks`, { name: `Cut for ${name}`, duration_minutes: 480, assignees: [me] });
  }
  await visit(page, '/projects/my-tasks');
  await expect(page.getByRole('row', { name: /Cut for/ })).toHaveCount(2);
  await expect(page.getByRole('columnheader', { name: /Overdue/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Percent done of Cut for Die 7').fill('100');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('columnheader', { name: /Done lately/ })).toHaveCount(0);
  await expect(page.getByRole('row', { name: /Cut for/ })).toHaveCount(1);
  await page.getByLabel('Status of Cut for Line 4').selectOption('At risk');
  await expect(page.getByText('Cut for Line 4 is stored.')).toBeVisible();
  await page.getByRole('link', { name: 'Cut for Line 4' }).click();
  await expect(page.getByRole('heading', { name: /Line 4/ })).toBeVisible();
  await expect(page.getByText('1 task', { exact: true })).toBeVisible();
});

test('the portfolio sorts, filters, groups and leads to the plan', async ({ page, org }) => {
  for (const [name, target] of [['Late die', '2026-01-06'], ['Calm die', '2026-12-31']]) {
    const project = await org.make<Row>('/projects', { name, start_date: '2026-01-05', target_end_date: target });
    await org.make(`/projects/${project.id}/tasks`, { name: 'Cut', duration_minutes: 9_600 });
    await org.make(`/projects/${project.id}/tasks`, { name: 'Accepted', type: 'milestone' });
  }
  await visit(page, '/projects/portfolio');
  const table = page.getByRole('table', { name: 'Portfolio' });
  await expect(table.locator('.portfolio-late')).toHaveCount(1);
  await expect(table.locator('.portfolio-milestone')).toHaveCount(2);
  await expectAccessible(page);
  await table.getByRole('button', { name: 'Name' }).click();
  await expect(table.getByRole('row').nth(1)).toContainText('Calm die');
  await page.getByLabel('Group').selectOption('By status');
  await expect(table.getByRole('columnheader', { name: /Planned/ })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search projects' }).fill('late');
  await expect(table.getByRole('link', { name: 'Calm die' })).toHaveCount(0);
  await expect(page).toHaveURL(/search=late/);
  await table.getByRole('link', { name: 'Late die', exact: true }).click();
  await expect(page.getByRole('heading', { name: /Late die/ })).toBeVisible();
});

test.describe('with fingers', () => {
  test.use({ hasTouch: true });

  test('a finger that rests carries a card to another column', async ({ page, org }) => {
    const { stored } = await plan(page, org, '?view=board');
    const [from, to] = [(await card(page, 'Cut blanks').boundingBox())!, (await column(page, 'Processing').boundingBox())!];
    const hand = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
      hand.send('Input.dispatchTouchEvent', { type, touchPoints });
    const [x, y] = [from.x + from.width / 2, from.y + 20];
    await touch('touchStart', [{ x, y }]);
    await page.waitForTimeout(600);
    for (let step = 1; step <= 8; step++) {
      await touch('touchMove', [{ x: x + ((to.x + to.width / 2 - x) * step) / 8, y: y + step * 4 }]);
    }
    await touch('touchEnd', []);
    await expect.poll(async () => (await stored('Cut blanks')).status).toBe('processing');
  });
});

test('ten thousand rows: the table scrolls through all of them, the board shows what is seen', async ({ page, org }) => {
  test.slow();
  const lines = ['id,level,name,duration'];
  for (let id = 1; id <= 10_000; id++) lines.push(`${id},1,Task ${id},${1 + (id % 5)}d`);
  const answer = await org.api.post('/api/v1/projects/import?filename=plan.csv&name=Ten+thousand', {
    data: lines.join('\n'),
    headers: { 'content-type': 'text/csv' },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  const { id } = await answer.json();
  await visit(page, `/projects/${id}?view=table`);
  const table = page.getByRole('grid', { name: 'Tasks' });
  await expect(table).toHaveAttribute('aria-rowcount', '10001', { timeout: 30_000 });
  expect(await table.getByRole('row').count()).toBeLessThan(80);
  await table.evaluate((table) => table.scrollTo(0, table.scrollHeight));
  await expect(table.getByRole('row', { name: /Task 10000/ })).toBeVisible();
  await view(page, 'Board');
  await expect(column(page, 'Not started').getByRole('button', { name: /Show more/ })).toBeAttached();
  expect(await page.locator('.card').count()).toBeLessThan(60);
});

test('the views of the demonstration', async ({ page }) => {
  await logIn(page);
  await visit(page, '/projects');
  await page.getByRole('link', { name: 'Progressive die for bracket' }).click();
  await expect(page.getByRole('treegrid', { name: 'Tasks' })).toBeVisible();
  for (const name of ['Table', 'Board', 'Calendar', 'Departments', 'People']) {
    await view(page, name);
    await page.waitForTimeout(400);
    await expectAccessible(page);
    await shoot(page, `view-${name.toLowerCase()}`);
  }
  for (const name of ['portfolio', 'my-tasks']) {
    await visit(page, `/projects/${name}`);
    await expectAccessible(page);
    await shoot(page, name);
  }
});
