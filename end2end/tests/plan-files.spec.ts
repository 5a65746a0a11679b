// How a plan leaves its page: paper, calendars, copies, templates; and how it was.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import type { Organization } from '../support/org';
import { shoot } from '../support/screenshots';
import { expect, ready, test, visit } from '../support/test';

type Row = { id: string; code: string };
type Plan = { head: { revision: number; start_date: string }; tasks: { name: string }[]; links: unknown[] };

/** A plan of three linked tasks, renamed once, so that it has a history. */
async function plan(page: Page, org: Organization) {
  const project = await org.make<Row>('/projects', { name: 'Bracket die', start_date: '2026-01-05T08:00' });
  const tasks: Row[] = [];
  for (const name of ['Design', 'Cut blanks', 'Assemble']) {
    tasks.push(await org.make<Row>(`/projects/${project.id}/tasks`, { name, duration_minutes: 960 }));
  }
  await org.make(`/projects/${project.id}/links`, { predecessor_id: tasks[0].id, successor_id: tasks[1].id });
  await org.make(`/projects/${project.id}/tasks`, { name: 'Too much' });
  await visit(page, `/projects/${project.id}`);
  await expect(page.getByRole('row', { name: /Design/ })).toBeVisible();
  return project.id;
}

async function choose(page: Page, item: string) {
  await page.getByRole('button', { name: 'Save as' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('the chart on paper: a look at it, another fit, and the files', async ({ page, org, context }) => {
  const id = await plan(page, org);
  await choose(page, 'Print, PDF or picture…');
  const dialog = page.getByRole('dialog', { name: 'Print, PDF or picture' });
  const sheet = dialog.getByRole('img', { name: 'Preview of the first page' });
  await expect(sheet.locator('svg')).toBeVisible();
  await expect(sheet).toContainText('Cut blanks');
  await expect(dialog.getByText('1 page', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await shoot(page, 'print');
  await dialog.getByLabel('Fit').selectOption('none');
  await dialog.getByLabel('Scale').selectOption('day');
  await dialog.getByLabel('Paper').selectOption('a4');
  await dialog.getByLabel('To', { exact: false }).last().fill('2026-12-31');
  await expect(dialog.getByText(/^\d+ pages$/)).toBeVisible();
  // What cannot be printed says why, in the place of the picture.
  await dialog.getByLabel('To', { exact: false }).last().fill('2025-12-31');
  await expect(dialog.getByText('The window ends at least a day after it begins.')).toBeVisible();
  await dialog.getByLabel('To', { exact: false }).last().fill('');
  await expect(sheet.locator('svg')).toBeVisible();
  for (const [title, name] of [['PDF', 'P-0001.pdf'], ['PNG', 'P-0001.png'], ['SVG', 'P-0001.svg']]) {
    const saved = page.waitForEvent('download');
    await dialog.getByRole('link', { name: title, exact: true }).click();
    expect((await saved).suggestedFilename()).toBe(name);
  }
  const print = await dialog.getByRole('link', { name: 'Print' }).getAttribute('href');
  const answer = await context.request.get(print!);
  expect([answer.status(), answer.headers()['content-type'], answer.headers()['content-disposition']]).toEqual([200, 'application/pdf', 'inline']);
  expect(print).toContain(`/api/v1/projects/${id}/export?format=pdf&paper=a4&orientation=landscape&fit=none`);
});

test('a calendar link is made, read without an account, replaced and revoked', async ({ page, org, context, request }) => {
  await plan(page, org);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await choose(page, 'Calendar link…');
  const dialog = page.getByRole('dialog', { name: 'Calendar link' });
  const part = dialog.getByRole('region', { name: 'Tasks of this project' });
  await part.getByRole('button', { name: 'Make a link' }).click();
  const address = await part.getByLabel('Calendar link').inputValue();
  expect(address).toMatch(/\/calendar\/[\w-]{43}\.ics$/);
  await expectAccessible(page);
  await part.getByRole('button', { name: 'Copy' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);
  const calendar = await request.get(address);
  expect(await calendar.text()).toContain('SUMMARY:Cut blanks');
  // It is shown once.
  await page.keyboard.press('Escape');
  await choose(page, 'Calendar link…');
  await expect(part.getByRole('button', { name: 'Make a new link' })).toBeVisible();
  await expect(part.getByLabel('Calendar link')).toBeHidden();
  await part.getByRole('button', { name: 'Make a new link' }).click();
  const other = await part.getByLabel('Calendar link').inputValue();
  expect((await request.get(address)).status()).toBe(404);
  await part.getByRole('button', { name: 'Revoke' }).click();
  await expect(part.getByRole('button', { name: 'Make a link' })).toBeVisible();
  expect((await request.get(other)).status()).toBe(404);
});

test('a project is copied from the list and begins on another day', async ({ page, org }) => {
  await plan(page, org);
  await visit(page, '/projects');
  await page.getByRole('button', { name: 'Actions for Bracket die' }).click();
  await page.getByRole('menuitem', { name: 'Copy…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Copy the project' });
  await expect(dialog.getByLabel('Name')).toHaveValue('Copy of Bracket die');
  await expectAccessible(page);
  await dialog.getByLabel('Name').fill('Bracket die 2');
  await dialog.getByLabel('Start').fill('2026-03-02');
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByRole('heading', { name: /Bracket die 2/ })).toBeVisible();
  const copied = await org.get<Plan>(`/projects/${new URL(page.url()).pathname.split('/').pop()}/plan`);
  expect([copied.head.start_date, copied.tasks.length, copied.links.length]).toEqual(['2026-03-02T08:00:00', 4, 1]);
});

test('a plan becomes a template, and a new project begins with it', async ({ page, org }) => {
  await plan(page, org);
  await choose(page, 'Template…');
  const keep = page.getByRole('dialog', { name: 'Keep as a template' });
  await keep.getByLabel('Name').fill('Bracket');
  await expectAccessible(page);
  await keep.getByRole('button', { name: 'Keep' }).click();
  await expect(keep).toBeHidden();
  await visit(page, '/projects');
  await page.getByRole('button', { name: 'New project' }).click();
  const dialog = page.getByRole('dialog', { name: 'New project' });
  await dialog.getByLabel('Begin with').selectOption({ label: 'Progressive die: design to approval' });
  await expect(dialog.getByText('32 tasks')).toBeVisible();
  // Words that fade in have less contrast than they end with.
  await page.waitForTimeout(400);
  await expectAccessible(page);
  await dialog.getByLabel('Begin with').selectOption({ label: 'Bracket' });
  await expect(dialog.getByText('4 tasks')).toBeVisible();
  await dialog.getByLabel('Name').fill('Bracket die 3');
  await dialog.getByLabel('Start').fill('2026-06-01');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('row', { name: /Cut blanks/ })).toBeVisible();
  await visit(page, '/projects');
  await page.getByRole('button', { name: 'New project' }).click();
  await dialog.getByLabel('Begin with').selectOption({ label: 'Bracket' });
  await dialog.getByRole('button', { name: 'Delete this template' }).click();
  await page.getByRole('button', { name: 'Delete template' }).click();
  await expect(dialog.getByLabel('Begin with').getByRole('option', { name: 'Bracket' })).toHaveCount(0);
});

test('a plan is looked at as it was, printed, and brought back as a step that undo takes back', async ({ page, org }) => {
  const id = await plan(page, org);
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Activity' }).click();
  await page.getByRole('link', { name: 'Show the plan as of revision 4' }).click();
  await expect(page.getByText(/As of .* by Olga Owner/)).toBeVisible();
  await expect(page.getByRole('row', { name: /Assemble/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Too much/ })).toHaveCount(0);
  // Nothing here can be changed.
  await expect(page.getByRole('button', { name: 'Task', exact: true })).toHaveCount(0);
  await expectAccessible(page);
  await shoot(page, 'past');
  await page.getByRole('link', { name: 'Back to now' }).click();
  await expect(page.getByRole('row', { name: /Too much/ })).toBeVisible();
  await page.goBack();
  await ready(page);
  await page.getByRole('button', { name: 'Restore this state' }).click();
  await expect(page.getByText(/The plan is as it was at revision 4/)).toBeVisible();
  await expect(page.getByRole('row', { name: /Assemble/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Too much/ })).toHaveCount(0);
  expect((await org.get<Plan>(`/projects/${id}/plan`)).head.revision).toBe(6);
  await page.getByRole('treegrid', { name: 'Tasks' }).focus();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('row', { name: /Too much/ })).toBeVisible();
});
