// The load of people, departments and machines over all projects: by mouse and by keys, down to the task that asks.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import type { Organization } from '../support/org';
import { shoot } from '../support/screenshots';
import { expect, logIn, test, visit } from '../support/test';

type Row = { id: string };

/** Two projects from Monday, 7 January 2030: both need the press on that day, one a mill that is away on Tuesday. */
async function plant(org: Organization) {
  const [press, mill] = [crypto.randomUUID(), crypto.randomUUID()];
  await org.put(`/resources/${press}`, { kind: 'machine', name: 'Press 400 t', capacity: 100 });
  const day = [{ from: 480, to: 720 }, { from: 780, to: 1020 }];
  const calendar = { week: [day, day, day, day, day, [], []], exceptions: { '2030-01-08': [] } };
  await org.put(`/resources/${mill}`, { kind: 'machine', name: 'Mill', capacity: 100, calendar });
  const projects: Row[] = [];
  for (const [name, task, units] of [['Bracket die', 'First strokes', 100], ['Oil pan', 'Samples & gauges', 50]] as const) {
    const project = await org.make<Row>('/projects', { name, start_date: '2030-01-07' });
    await org.make(`/projects/${project.id}/tasks`, { name: task, duration_minutes: 480, assignments: [{ resource_id: press, units }] });
    projects.push(project);
  }
  await org.make(`/projects/${projects[0].id}/tasks`, { name: 'Mill it', duration_minutes: 240, assignments: [{ resource_id: mill, units: 100 }] });
  return { projects };
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Load' });
const cell = (page: Page, name: string | RegExp) => grid(page).getByRole('gridcell', { name });
const press = (page: Page, day: string) => cell(page, new RegExp(`^Press 400 t, ${day}: `));

test('who is asked for too much is seen, opened, and leads to the task', async ({ page, org }) => {
  const { projects } = await plant(org);
  await visit(page, '/projects/resources');
  await page.getByRole('navigation', { name: 'Resources' }).getByRole('link', { name: 'Load' }).click();
  await expect(page).toHaveURL(/view=load/);
  await expect(grid(page)).toBeVisible();
  await visit(page, '/projects/resources?view=load&from=2030-01-07');
  await expect(press(page, 'Mon, 7 Jan 2030')).toHaveText('12 h');
  await expect(press(page, 'Mon, 7 Jan 2030')).toHaveAttribute('data-load', 'over');
  await expect(press(page, 'Tue, 8 Jan 2030')).toHaveAttribute('data-load', 'free');
  await expect(press(page, 'Sat, 12 Jan 2030')).toHaveAttribute('data-load', 'off');
  await expect(cell(page, 'Mill, Mon, 7 Jan 2030: 4 h of 8 h, 50 %')).toHaveText('4 h');
  await expect(cell(page, 'Mill, Tue, 8 Jan 2030: away')).toHaveAttribute('data-load', 'away');
  await expect(page.getByRole('status').filter({ hasText: '1 is asked for too much.' })).toBeVisible();
  await expectAccessible(page);
  await press(page, 'Mon, 7 Jan 2030').click();
  const dialog = page.getByRole('dialog', { name: 'Press 400 t, Mon, 7 Jan 2030' });
  await expect(dialog).toContainText('12 h of 8 h, 150 %, 4 h too much.');
  await expect(dialog.getByRole('row', { name: /First strokes/ })).toContainText('8 h');
  await expect(dialog.getByRole('row', { name: /Samples & gauges/ })).toContainText('50 %');
  await expectAccessible(page);
  await dialog.getByRole('link', { name: 'Samples & gauges' }).click();
  await expect(page).toHaveURL(new RegExp(`/projects/${projects[1].id}\\?q=`));
  await expect(page.getByRole('row', { name: /Samples & gauges/ })).toBeVisible();
});

test('weeks, percents, filters and days stand in the address', async ({ page, org }) => {
  await plant(org);
  await visit(page, '/projects/resources?view=load&from=2030-01-07');
  await expect(press(page, 'Mon, 7 Jan 2030')).toBeVisible();
  await page.getByRole('button', { name: 'Weeks' }).click();
  await page.getByRole('button', { name: 'Percent' }).click();
  // Twelve of forty hours, though on Monday they are too many.
  const week = press(page, '7 Jan 2030 to 13 Jan 2030');
  await expect(week).toHaveText('30 %');
  await expect(week).toHaveAttribute('data-load', 'over');
  await page.getByLabel('Only overbooked').check();
  await expect(grid(page).getByRole('rowheader')).toHaveText([/Press 400 t/]);
  await page.reload();
  await expect(week).toHaveText('30 %');
  await expect(grid(page).getByRole('rowheader')).toHaveCount(1);
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(page.getByRole('heading', { name: 'Nobody is asked for too much' })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Only overbooked').uncheck();
  await page.getByLabel('Kind').selectOption('machine');
  await expect(grid(page).getByRole('rowheader')).toHaveCount(2);
  await page.getByRole('searchbox', { name: 'Search resources' }).fill('mil');
  await expect(grid(page).getByRole('rowheader')).toHaveText([/Mill/]);
  await page.getByRole('button', { name: 'Months' }).click();
  await page.getByRole('button', { name: 'Earlier' }).click();
  await page.getByRole('button', { name: 'Earlier' }).click();
  await expect(page).toHaveURL(/from=2029-0/);
  await page.getByRole('button', { name: 'Today' }).click();
  await expect(page).not.toHaveURL(/from=/);
  await expect(grid(page).locator('th[data-today="true"]')).toHaveCount(1);
});

test('arrow keys walk over the cells, Enter opens, Escape goes back', async ({ page, org }) => {
  await plant(org);
  await visit(page, '/projects/resources?view=load&from=2030-01-07');
  await expect(press(page, 'Mon, 7 Jan 2030')).toBeVisible();
  // One stop for the tab key: the first cell.
  await page.getByRole('button', { name: 'Later' }).focus();
  await page.keyboard.press('Tab');
  const focused = page.locator('td:focus');
  await expect(focused).toHaveAttribute('data-cell', '0-0');
  await page.keyboard.press('Control+End');
  await expect(focused).toHaveAttribute('data-cell', '2-27');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(press(page, 'Mon, 7 Jan 2030')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(cell(page, /^Mill, Mon, 7 Jan 2030/)).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Mill, Mon, 7 Jan 2030' });
  await expect(dialog.getByRole('link', { name: 'Mill it' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(cell(page, /^Mill, Mon, 7 Jan 2030/)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('Away. No task of any project asks for it in these days.');
});

test('the plant of the demonstration is loaded', async ({ page }) => {
  await logIn(page);
  await visit(page, '/projects/resources?view=load');
  await expect(grid(page).getByRole('rowheader', { name: /Toolroom/ })).toBeVisible();
  await shoot(page, 'load');
  await page.getByRole('button', { name: 'Weeks' }).click();
  await expect(grid(page).getByRole('columnheader', { name: /^Week / }).first()).toBeVisible();
  await expectAccessible(page);
});
