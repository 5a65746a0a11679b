// The columns of the chart's table: chosen, ordered, widened, typed into and kept; by mouse, by keyboard and by finger.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import type { Organization } from '../support/org';
import { expect, ready, test, visit } from '../support/test';

type Row = { id: string };
type Task = { id: string; name: string; deadline: string | null; department: string | null; status: string; priority: number };

/** Three tasks of two days, one after another, from Monday, 5 January 2026. */
async function plan(page: Page, org: Organization) {
  const project = await org.make<Row>('/projects', { name: 'Bracket die', start_date: '2026-01-05' });
  const tasks: Row[] = [];
  for (const name of ['Design', 'Cut blanks', 'Assemble the tool on the press and take the first strokes']) {
    tasks.push(await org.make<Row>(`/projects/${project.id}/tasks`, { name, duration_minutes: 960 }));
  }
  for (const [from, to] of [[0, 1], [1, 2]]) {
    await org.make(`/projects/${project.id}/links`, { predecessor_id: tasks[from].id, successor_id: tasks[to].id });
  }
  await visit(page, `/projects/${project.id}`);
  await expect(row(page, 'Design')).toBeVisible();
  const stored = async (name: string) => (await org.get<{ tasks: Task[] }>(`/projects/${project.id}/plan`)).tasks.find((task) => task.name === name)!;
  return { id: project.id, stored };
}

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });
const grid = (page: Page) => page.getByRole('treegrid', { name: 'Tasks' });
const cell = (page: Page, name: string, field: string) => row(page, name).locator(`[data-field=${field}]`);
const heads = (page: Page) => grid(page).getByRole('columnheader').evaluateAll((all) => all.map((head) => head.getAttribute('aria-label')));
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Columns' });
const box = (page: Page, name: string) => dialog(page).getByRole('checkbox', { name, exact: true });
const border = (page: Page, name: string) => grid(page).getByRole('separator', { name: `Width of the column ${name}`, exact: true });
const width = async (page: Page, name: string) => Math.round((await grid(page).getByRole('columnheader', { name, exact: true }).boundingBox())!.width);
const USUAL = ['#', 'Task', 'Duration', 'Start', 'Finish', 'Progress', 'After'];

test('columns are ticked and ordered by mouse, and by keys alone; the usual ones come back', async ({ page, org }) => {
  await plan(page, org);
  expect(await heads(page)).toEqual(USUAL);
  await page.getByRole('button', { name: 'Columns' }).click();
  await expect(box(page, 'Task')).toBeFocused();
  await expectAccessible(page);
  await box(page, 'Total float').check();
  await box(page, 'Before').check();
  await box(page, 'Progress').uncheck();
  expect(await heads(page)).toEqual([...USUAL.filter((name) => name !== 'Progress'), 'Total float', 'Before']);
  await expect(cell(page, 'Design', 'successors')).toHaveText('2');
  await expect(cell(page, 'Design', 'float')).toHaveText('0 d');
  await dialog(page).getByRole('button', { name: 'Move Before up' }).click();
  await expect.poll(() => heads(page)).toEqual(['#', 'Task', 'Duration', 'Start', 'Finish', 'After', 'Before', 'Total float']);
  // Names stay, whatever is pressed.
  await box(page, 'Task').press('Space');
  await expect(box(page, 'Task')).toBeChecked();
  await dialog(page).getByRole('button', { name: 'Default' }).click();
  await expect.poll(() => heads(page)).toEqual(USUAL);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  // By keys: from the button, through the list, and along with a column.
  await page.getByRole('button', { name: 'Columns' }).press('Enter');
  await expect(box(page, 'Task')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(box(page, 'Start')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(box(page, 'Start')).not.toBeChecked();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(box(page, 'Finish')).toBeFocused();
  await expect(dialog(page).locator('[aria-live]')).toHaveText('Finish is column 3 now');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(box(page, 'Finish')).toBeFocused();
  await page.keyboard.press('Escape');
  expect(await heads(page)).toEqual(['#', 'Finish', 'Task', 'Duration', 'Progress', 'After']);
  await expectAccessible(page);
  // Rows are found by their columns, and walked through as they stand.
  await expect(grid(page)).toHaveAttribute('aria-colcount', '32');
  await expect(cell(page, 'Design', 'name')).toHaveAttribute('aria-colindex', '3');
  await row(page, 'Design').click();
  await page.keyboard.press('ArrowRight');
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', /^name-/);
  await page.keyboard.press('ArrowLeft');
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', /^finish-/);
  await page.keyboard.press('End');
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', /^predecessors-/);
});

test('borders are dragged and moved by keys, fit when they are pressed twice, and a reload keeps them', async ({ page, org }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const { id } = await plan(page, org);
  const drag = async (name: string, by: number) => {
    const at = (await border(page, name).boundingBox())!;
    await page.mouse.move(at.x + at.width - 2, at.y + 20);
    await page.mouse.down();
    await page.mouse.move(at.x + at.width - 2 + by, at.y + 20, { steps: 5 });
    await page.mouse.up();
  };
  await expect.poll(() => width(page, 'Duration')).toBe(76);
  await drag('Duration', 30);
  await expect.poll(() => width(page, 'Duration')).toBe(106);
  const place = async () => [(await cell(page, 'Design', 'start').boundingBox())!.x, (await grid(page).getByRole('columnheader', { name: 'Start', exact: true }).boundingBox())!.x];
  const [body, head] = await place();
  expect(body, 'rows and heads stand below each other').toBe(head);
  await border(page, 'Duration').focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => width(page, 'Duration')).toBe(97);
  await expect(border(page, 'Duration')).toHaveAttribute('aria-valuenow', '97');
  await page.keyboard.press('ArrowDown');
  await expect(border(page, 'Start')).toBeFocused();
  await page.keyboard.press('Home');
  await expect.poll(() => width(page, 'Start')).toBe(32);
  await expectAccessible(page);
  // What is cut is said in full.
  await cell(page, 'Design', 'start').hover();
  await expect(cell(page, 'Design', 'start')).toHaveAttribute('title', '5 Jan 2026');
  await page.keyboard.press('Enter');
  await expect.poll(() => width(page, 'Start')).toBeGreaterThan(60);
  const fitted = await width(page, 'Start');
  expect(fitted).toBeLessThan(112);
  const cut = (field: string) => cell(page, 'Assemble', field).evaluate((node) => [node, ...node.querySelectorAll('.text')].some((part) => part.scrollWidth > part.clientWidth));
  expect(await cut('start')).toBe(false);
  expect(await cut('name')).toBe(true);
  await border(page, 'Task').dblclick();
  await expect.poll(() => cut('name')).toBe(false);
  await expect(page).toHaveURL(/chart=code\.name~\d+\.duration~97\.start~\d+\.finish/);
  await page.waitForTimeout(400);
  await page.reload();
  await ready(page);
  await expect(row(page, 'Design')).toBeVisible();
  await expect.poll(async () => [await width(page, 'Duration'), await width(page, 'Start')]).toEqual([97, fitted]);
  // Where the address says nothing, this window remembers.
  await visit(page, `/projects/${id}`);
  await expect.poll(() => width(page, 'Duration')).toBe(97);
});

test.describe('with fingers', () => {
  test.use({ hasTouch: true });

  test('a border is dragged by a finger', async ({ page, org }) => {
    await plan(page, org);
    const at = (await border(page, 'Duration').boundingBox())!;
    const hand = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) => hand.send('Input.dispatchTouchEvent', { type, touchPoints });
    const [x, y] = [at.x + at.width - 3, at.y + 20];
    await touch('touchStart', [{ x, y }]);
    for (const by of [8, 16, 24, 32]) await touch('touchMove', [{ x: x + by, y }]);
    await touch('touchEnd', []);
    await expect.poll(() => width(page, 'Duration')).toBe(108);
  });
});

test('cells that are chosen are typed into, and Tab goes through those that are shown', async ({ page, org }) => {
  const { id, stored } = await plan(page, org);
  await visit(page, `/projects/${id}?chart=code.name.deadline.float.department.priority.status.late.actual_start`);
  await row(page, 'Cut blanks').click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.type('6 Jan');
  await expect(page.getByLabel('Deadline of the task')).toHaveValue('6 Jan');
  // Past what follows from the plan, on to what is typed.
  await page.keyboard.press('Tab');
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', /^department-/);
  await expect(cell(page, 'Cut blanks', 'deadline')).toHaveText('6 Jan 2026');
  await expect(cell(page, 'Cut blanks', 'float')).toHaveText('-2 d');
  await expect(cell(page, 'Cut blanks', 'float')).toHaveClass(/worse/);
  await expect(cell(page, 'Cut blanks', 'late')).toHaveText(/ d$/);
  await page.keyboard.type('Press shop');
  await page.keyboard.press('Tab');
  await page.keyboard.type('900');
  await page.keyboard.press('Tab');
  await page.keyboard.type('wait');
  await page.keyboard.press('Enter');
  await expect.poll(() => stored('Cut blanks')).toMatchObject({ deadline: '2026-01-06T17:00:00', department: 'Press shop', priority: 900, status: 'waiting' });
  // What follows from the plan says so, and takes no key for the row.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Delete');
  await expect(page.getByText('Late follows from the plan and is not typed.')).toBeVisible();
  await expect(row(page, 'Assemble')).toBeVisible();
  // By mouse.
  await cell(page, 'Design', 'actual_start').dblclick();
  await page.keyboard.type('2026-01-06');
  await page.keyboard.press('Enter');
  await expect(cell(page, 'Design', 'actual_start')).toHaveText('6 Jan 2026');
  await cell(page, 'Design', 'float').dblclick();
  await expect(page.getByRole('complementary', { name: 'Task' })).toBeVisible();
  await expectAccessible(page);
});

test('a view keeps the columns of the chart, and whoever opens it sees them', async ({ page, org, context }) => {
  const { id } = await plan(page, org);
  await page.getByRole('button', { name: 'Columns' }).click();
  await box(page, 'Department').check();
  await box(page, 'After').uncheck();
  await dialog(page).getByRole('button', { name: 'Done' }).click();
  await expect(page).toHaveURL(/chart=code\.name\..*department/);
  const chosen = await heads(page);
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view' }).click();
  await page.getByLabel('Name', { exact: true }).fill('With departments');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('With departments is saved.')).toBeVisible();
  const other = await context.newPage();
  await visit(other, `/projects/${id}`);
  await expect(row(other, 'Design')).toBeVisible();
  expect(await heads(other)).toEqual(USUAL);
  await other.getByRole('button', { name: 'Saved views' }).click();
  await other.getByRole('menuitemradio', { name: 'With departments' }).click();
  await expect.poll(() => heads(other)).toEqual(chosen);
  await other.close();
});

test('dates of chosen columns follow a drag frame by frame', async ({ page, org }) => {
  const { id } = await plan(page, org);
  await visit(page, `/projects/${id}?chart=name.start.late.float.finish`);
  await expect(row(page, 'Design')).toBeVisible();
  const canvas = (await page.locator('canvas.gantt-canvas').boundingBox())!;
  const at = (days: number): [number, number] => [canvas.x + (2 + days) * 32, canvas.y + 44 + 12];
  await page.mouse.move(...at(0.8));
  await page.mouse.down();
  await page.mouse.move(...at(2.8), { steps: 6 });
  await expect(cell(page, 'Cut blanks', 'start'), 'while dragging').toHaveText('9 Jan 2026');
  await expect(cell(page, 'Assemble', 'finish')).toHaveText('14 Jan 2026');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(cell(page, 'Cut blanks', 'start')).toHaveText('7 Jan 2026');
  // Rows without numbers are carried by their names.
  await row(page, 'Design').hover();
  await expect(row(page, 'Design').locator('.c-name .row-grip')).toBeVisible();
});
