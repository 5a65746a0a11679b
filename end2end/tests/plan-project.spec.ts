// The project itself: made, changed from its plan and from the list, deleted; and what pages say about it.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import type { Organization } from '../support/org';
import { expect, ready, test, visit } from '../support/test';

type Project = { id: string; code: string; name: string; status: string; start_date: string; target_end_date: string | null; direction: string; manager_id: string | null };
type Row = { id: string };

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });
const field = (page: Page, name: string) => dialog(page, 'Project').getByLabel(name, { exact: true });
const faults = (page: Page) => page.getByRole('dialog').locator('.field-fault:not(:empty)');

async function make(org: Organization, name: string, more: object = {}) {
  return org.make<Project>('/projects', { name, start_date: '2026-01-05', ...more });
}

test('a new project is asked for in a real dialog that tells every fault at once', async ({ page, org }) => {
  await make(org, 'Old die');
  await visit(page, '/projects');
  await page.getByRole('button', { name: 'New project' }).click();
  const form = dialog(page, 'New project');
  // On top of everything, also after its templates have come.
  await expect(form.getByLabel('Begin with').getByRole('option')).not.toHaveCount(1);
  await expect(page.locator('dialog:modal')).toHaveCount(1);
  const today = await page.evaluate(() => new Date().toLocaleDateString('sv'));
  await expect(form.getByLabel('Start', { exact: true })).toHaveValue(today);
  await form.getByLabel('Target end').fill('2020-01-01');
  await form.getByRole('button', { name: 'Create' }).click();
  await expect(faults(page)).toHaveCount(2);
  await expect(form).toContainText('Give the project a name.');
  await expect(form).toContainText('The target 1 Jan 2020 is before the start');
  await expect(form.getByLabel('Target end')).toHaveValue('2020-01-01');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(form).toHaveCount(0);
});

test('the frame stays where it is while pages come and go', async ({ page, org }) => {
  await make(org, 'Old die');
  await visit(page, '/');
  await page.locator('.frame').evaluate((frame) => {
    const watch = new MutationObserver((changes) => {
      for (const change of changes) for (const gone of change.removedNodes) if (gone === frame) document.title = 'detached';
    });
    watch.observe(frame.parentNode!, { childList: true });
  });
  await page.getByRole('link', { name: 'Projects' }).first().click();
  await expect(page.getByRole('link', { name: 'Old die' })).toBeVisible();
  await page.getByRole('link', { name: 'Resources' }).click();
  await page.getByRole('button', { name: 'Add a machine or department' }).click();
  await expect(page.locator('dialog:modal')).toHaveCount(1);
  expect(await page.title()).not.toBe('detached');
});

test('a project is changed from its plan; faults stand at their fields, and undo takes it back', async ({ page, org, context }) => {
  const project = await make(org, 'Bracket die', { code: 'B-1' });
  await make(org, 'Other die', { code: 'B-2' });
  await org.make<Row>(`/projects/${project.id}/tasks`, { name: 'Design', duration_minutes: 480 });
  const stored = () => org.get<Project>(`/projects/${project.id}`);
  await visit(page, `/projects/${project.id}`);
  await expect(page.getByRole('row', { name: /Design/ })).toBeVisible();
  const colleague = await context.newPage();
  await visit(colleague, `/projects/${project.id}`);
  await expect(colleague.getByRole('row', { name: /Design/ })).toBeVisible();

  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Project…', exact: true }).click();
  await field(page, 'Name').fill(' ');
  await field(page, 'Code').fill('');
  await dialog(page, 'Project').getByLabel('Target end').fill('2025-12-31');
  await dialog(page, 'Project').getByRole('button', { name: 'Save' }).click();
  await expect(faults(page)).toHaveCount(3);
  await expectAccessible(page);
  await field(page, 'Name').fill('Bracket die 2');
  await field(page, 'Code').fill('B-2');
  await dialog(page, 'Project').getByLabel('Target end').fill('2026-03-31');
  await dialog(page, 'Project').getByRole('button', { name: 'Save' }).click();
  await expect(dialog(page, 'Project')).toContainText('Another project has this code.');
  await expect(field(page, 'Name')).toHaveValue('Bracket die 2');
  await field(page, 'Code').fill('B-3');
  await field(page, 'Start').fill('2026-01-12');
  await field(page, 'Status').selectOption('On hold');
  await dialog(page, 'Project').getByLabel('Manager').selectOption('Olga Owner');
  await dialog(page, 'Project').getByRole('button', { name: 'Save' }).click();
  await expect(dialog(page, 'Project')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Bracket die 2' })).toContainText('B-3');
  await expect(page.getByRole('row', { name: /Design/ })).toContainText('12 Jan');
  await expect(colleague.getByRole('heading', { name: 'Bracket die 2' })).toBeVisible();
  await expect.poll(async () => (await stored()).code).toBe('B-3');
  expect(await stored()).toMatchObject({ name: 'Bracket die 2', status: 'on_hold', target_end_date: '2026-03-31T00:00:00' });
  expect((await stored()).manager_id).toBeTruthy();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Bracket die' })).toContainText('B-1');
  await expect.poll(async () => (await stored()).status).toBe('planned');
});

test('two who change the same of a project are told; who changes something else is not', async ({ page, org }) => {
  const project = await make(org, 'Bracket die');
  await visit(page, `/projects/${project.id}`);
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Project…', exact: true }).click();
  await field(page, 'Name').fill('Mine');
  await org.api.patch(`/api/v1/projects/${project.id}`, { data: { name: 'Theirs', status: 'active' } });
  await expect(page.getByRole('heading', { name: 'Theirs', includeHidden: true })).toBeAttached();
  await dialog(page, 'Project').getByRole('button', { name: 'Save' }).click();
  await expect(dialog(page, 'Project').getByRole('alert')).toContainText('Theirs');
  await expect(field(page, 'Name')).toHaveValue('Mine');
  await dialog(page, 'Project').getByRole('button', { name: 'Save' }).click();
  await expect.poll(async () => (await org.get<Project>(`/projects/${project.id}`)).name).toBe('Mine');
  expect((await org.get<Project>(`/projects/${project.id}`)).status).toBe('active');
});

test('a project of the list is changed, taken back, and deleted', async ({ page, org }) => {
  const [project] = [await make(org, 'Bracket die', { code: 'B-1' }), await make(org, 'Other die', { code: 'B-2' })];
  const act = async (what: string) => {
    await page.getByRole('button', { name: /^Actions for Bracket/ }).click();
    await page.getByRole('menuitem', { name: what }).click();
  };
  await visit(page, '/projects');
  await act('Edit…');
  await field(page, 'Code').fill('B-2');
  await dialog(page, 'Project').getByRole('button', { name: 'Save' }).click();
  await expect(dialog(page, 'Project')).toContainText('Another project has this code.');
  await field(page, 'Code').fill('B-9');
  await field(page, 'Status').selectOption('Done');
  await dialog(page, 'Project').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /Bracket die/ })).toContainText('B-9');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByRole('row', { name: /Bracket die/ })).toContainText('B-1');
  await act('Delete…');
  await expect(page.getByRole('dialog')).toContainText('B-1 Bracket die');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Delete project' }).click();
  await expect(page.getByRole('row', { name: /Bracket die/ })).toHaveCount(0);
  await expect(page.getByRole('row', { name: /Other die/ })).toBeVisible();
  expect((await org.api.get(`/api/v1/projects/${project.id}`)).status()).toBe(404);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByRole('row', { name: /Bracket die/ })).toBeVisible();
  await act('Delete…');
  await page.getByRole('button', { name: 'Delete project' }).click();
  await expect(page.getByRole('row', { name: /Bracket die/ })).toHaveCount(0);
  await page.getByLabel('Status').selectOption('Deleted');
  await expect(page.getByRole('row', { name: /Other die/ })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Bracket die' })).toHaveCount(0);
  await act('Bring back');
  await expect(page.getByRole('row', { name: /Bracket die/ })).toHaveCount(0);
  await page.getByLabel('Status').selectOption('Every status');
  await expect(page.getByRole('row', { name: /Bracket die/ })).toBeVisible();
  expect((await org.api.get(`/api/v1/projects/${project.id}`)).status()).toBe(200);
});

test('a plan is left when its project is deleted', async ({ page, org }) => {
  const project = await make(org, 'Bracket die');
  await visit(page, `/projects/${project.id}`);
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete the project…' }).click();
  await page.getByRole('button', { name: 'Delete project' }).click();
  await expect(page.getByRole('heading', { name: 'No projects yet' })).toBeVisible();
});

test('whoever is spoken to finds it; a wrong percentage stays with its message', async ({ page, org }) => {
  const project = await make(org, 'Bracket die');
  const me = (await org.get<{ user: { id: string } }>('/auth/me')).user.id;
  const task = await org.make<Row>(`/projects/${project.id}/tasks`, { name: 'Design', duration_minutes: 480, assignees: [me] });
  await org.make(`/projects/${project.id}/tasks/${task.id}/comments`, { body: '@Olga Owner, is the radius right?', mentions: [me] });
  await visit(page, '/projects/my-tasks');
  const spoken = page.getByRole('region', { name: 'Spoken to you' });
  await expect(spoken).toContainText('is the radius right?');
  await expectAccessible(page);
  const percent = page.getByLabel('Percent done of Design');
  await percent.fill('250');
  await percent.press('Enter');
  await expect(page.getByText('Progress is 0 to 100.')).toBeVisible();
  await expect(percent).toHaveValue('250');
  await percent.fill('40');
  await percent.press('Enter');
  await expect(page.getByText('Design is stored.')).toBeVisible();
  await expect(page.getByText('Progress is 0 to 100.')).toHaveCount(0);
  await spoken.getByRole('link', { name: 'Design' }).click();
  await expect(page.getByRole('heading', { name: 'Bracket die' })).toBeVisible();
});

test('what a filter hides is told, and the filter is taken off', async ({ page, org }) => {
  const project = await make(org, 'Bracket die');
  await org.make<Row>(`/projects/${project.id}/tasks`, { name: 'Design', duration_minutes: 480 });
  await visit(page, `/projects/${project.id}?q=nothing`);
  await expect(page.getByText('No task matches the filter.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(page.getByRole('row', { name: /Design/ })).toBeVisible();
  await page.getByLabel('Search tasks').fill('Design');
  await expect(page).toHaveURL(/q=Design/);
  await org.make<Row>(`/projects/${project.id}/tasks`, { name: 'Mill' });
  await expect(page.getByText('1 task is hidden by the filter.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(page.getByRole('row', { name: /Mill/ })).toBeVisible();
  await expect(page.getByText('1 task is hidden by the filter.')).toHaveCount(0);
});

test('what is printed from a last day before the first is told at the field', async ({ page, org }) => {
  const project = await make(org, 'Bracket die');
  await visit(page, `/projects/${project.id}`);
  await page.getByRole('button', { name: 'Save as' }).click();
  await page.getByRole('menuitem', { name: /Print, PDF/ }).click();
  const print = page.getByRole('dialog');
  await print.getByLabel('From').fill('2026-02-01');
  await print.getByLabel('To').fill('2026-01-01');
  await expect(print).toContainText('The last day is before the first, 1 Feb 2026.');
  await expect(print.getByRole('link', { name: 'PDF' })).toHaveAttribute('aria-disabled', 'true');
  await expect(print.getByRole('link', { name: 'PDF' })).not.toHaveAttribute('href', /./);
  await print.getByLabel('To').fill('2026-03-01');
  await expect(print.getByRole('link', { name: 'PDF' })).toHaveAttribute('href', /to=2026-03-02/);
});

test('what was tried is compared with the stored plan also after a reload', async ({ page, org }) => {
  const project = await make(org, 'Bracket die', { start_date: '2030-01-07' });
  const press = crypto.randomUUID();
  await org.put(`/resources/${press}`, { kind: 'machine', name: 'Press 400 t', capacity: 100 });
  const assignments = [{ resource_id: press, units: 100 }];
  for (const name of ['Cut', 'Form']) await org.make<Row>(`/projects/${project.id}/tasks`, { name, duration_minutes: 960, assignments });
  await visit(page, `/projects/${project.id}`);
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Level…' }).click();
  await page.getByRole('button', { name: 'Preview' }).click();
  const tried = page.getByRole('region', { name: 'What if' });
  await expect(tried).toContainText('16 h → 0 h');
  await page.reload();
  await ready(page);
  await expect(tried).toContainText('16 h → 0 h');
});
