// Plans from files and as files: looked at before anything is stored, read otherwise where the guess is wrong.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { expect, test, visit } from '../support/test';

type Project = { id: string };

const PLAN = [
  'WBS,Task Name,Duration (days),Start Date,Predecessors,Team,Colour',
  '1,Die 12,,,,,',
  '1.1,Design die,5,2026-01-05,,Design,red',
  '1.2,Cut blanks,3,,2,Press,blue',
  '1.3,Harden,soon,,3,,',
  '2,Ship,0,,3,,',
].join('\n');

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

const choose = (page: Page, name: string, text: string) =>
  page.getByLabel(/Choose a file|\.csv/).setInputFiles(csv(name, text));

/** Drags a file from outside over the page, and lets it fall. */
async function drop(page: Page, name: string, text: string) {
  const dropped = await page.evaluateHandle(
    ([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type: 'text/csv' }));
      return data;
    },
    [name, text],
  );
  const target = page.locator('.import');
  await target.dispatchEvent('dragenter', { dataTransfer: dropped });
  await expect(target).toHaveAttribute('data-over', 'true');
  await target.dispatchEvent('dragover', { dataTransfer: dropped });
  await target.dispatchEvent('drop', { dataTransfer: dropped });
}

test('a dropped file is shown as a plan, cells that cannot be read are named, and it becomes a project', async ({ page, org }) => {
  await visit(page, '/projects/import');
  await expectAccessible(page);
  await drop(page, 'die.csv', PLAN);
  await expect(page.getByText('4 tasks, 2 links')).toBeVisible();
  await expect(page.getByRole('img', { name: /4 rows from 5 Jan 2026/ })).toBeVisible();
  await expect(page.getByText("Row 5, Duration: 'soon' is not a duration")).toBeVisible();
  const row = page.getByRole('table', { name: 'Tasks' }).getByRole('row', { name: /Cut blanks/ });
  await expect(row).toContainText('1.2');
  await expect(row).toContainText('3 d');
  await expectAccessible(page);
  await page.getByLabel('Name of the project').fill('Die 12 for Nord');
  await page.getByRole('button', { name: 'Import 4 tasks' }).click();
  await expect(page.getByRole('heading', { name: /Die 12 for Nord/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Cut blanks/ })).toBeVisible();
  expect((await org.get<{ total: number }>('/projects')).total).toBe(1);
});

test('columns that nobody could guess are chosen by keyboard, and a failure keeps every choice', async ({ page, org }) => {
  await org.get('/projects');
  await visit(page, '/projects/import');
  await choose(page, 'teile.csv', 'Liste;\nTeil;Zeit\nStempel;2\nMatrize;3\n');
  await expect(page.getByText('Nothing can be read yet')).toBeVisible();
  await expect(page.getByText('0 of 2 columns are read.')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Headings stand in').selectOption('Row 2');
  // By keyboard alone: a few letters of the column's title.
  await page.getByLabel(/^Column 1:/).focus();
  await page.keyboard.type('Name');
  await page.keyboard.press('Tab');
  await expect(page.getByText('2 tasks, 0 links')).toBeVisible();
  await page.getByLabel(/^Column 2:/).selectOption('Duration');
  const row = page.getByRole('table', { name: 'Tasks' }).getByRole('row', { name: /Matrize/ });
  await expect(row).toContainText('3 d');
  await page.getByLabel('A plain duration counts').selectOption('Hours');
  await expect(row).toContainText('3 h');
  await page.getByLabel('Minutes of a working day').fill('2000');
  await page.keyboard.press('Tab');
  await expect(page.getByText('A day has 1 to 1440 minutes.')).toBeVisible();
  await page.getByLabel('Minutes of a working day').fill('450');
  await page.keyboard.press('Tab');
  await expect(page.getByText('A day has 1 to 1440 minutes.')).toBeHidden();
  // A name that is too long is refused; file, columns and name stay.
  await page.getByLabel('Name of the project').fill('x'.repeat(201));
  await page.getByRole('button', { name: 'Import 2 tasks' }).click();
  await expect(page.getByText('201 characters are too many; 200 is the limit.')).toBeVisible();
  await expect(page.getByLabel('A plain duration counts')).toHaveValue('hours');
  await expectAccessible(page);
  await page.getByLabel('Name of the project').fill('Umformen');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Umformen/ })).toBeVisible();
});

test('a column chosen twice moves, and without names nothing is sent', async ({ page, org }) => {
  await org.get('/projects');
  await visit(page, '/projects/import');
  await choose(page, 'die.csv', PLAN);
  await expect(page.getByText('4 tasks, 2 links')).toBeVisible();
  await page.getByLabel(/^Column 7:/).selectOption('Name');
  await expect(page.getByLabel(/^Column 2:/)).toHaveValue('');
  await page.getByLabel(/^Column 7:/).selectOption('Not read');
  await expect(page.getByText('Say which column has the names.')).toBeVisible();
  await page.getByLabel(/^Column 2:/).selectOption('Name');
  await expect(page.getByText('4 tasks, 2 links')).toBeVisible();
  await expect(page.getByText('Say which column has the names.')).toBeHidden();
});

test('a file goes below what a plan has, as one step that can be undone', async ({ page, org }) => {
  const project = await org.make<Project>('/projects', { name: 'Press line 4', start_date: '2026-01-05' });
  await org.make(`/projects/${project.id}/tasks`, { name: 'Clear the floor' });
  await visit(page, '/projects/import');
  await choose(page, 'die.csv', PLAN);
  await page.getByLabel('Import into').selectOption({ label: 'P-0001 Press line 4' });
  await expect(page.getByLabel('Name of the project')).toBeHidden();
  await page.getByRole('button', { name: 'Import 4 tasks' }).click();
  await expect(page.getByRole('heading', { name: /Press line 4/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Clear the floor/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Design die/ })).toBeVisible();
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Undo (Ctrl+Z)' }).click();
  await expect(page.getByRole('row', { name: /Design die/ })).toBeHidden();
  await expect(page.getByRole('row', { name: /Clear the floor/ })).toBeVisible();
});

test('a file that cannot be read says why beside the file, and another one is taken', async ({ page, org }) => {
  await org.get('/projects');
  await visit(page, '/projects/import');
  await page.getByLabel(/Choose a file/).setInputFiles({ name: 'plan.xml', mimeType: 'text/xml', buffer: Buffer.from('<not-a-plan/>') });
  await expect(page.locator('#import-fault')).not.toBeEmpty();
  await expect(page.locator('#import-file')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('plan.xml', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await drop(page, 'die.csv', PLAN);
  await expect(page.getByText('4 tasks, 2 links')).toBeVisible();
  await expect(page.locator('#import-fault')).toBeEmpty();
});

test('a plan is saved as MS Project XML, Excel and CSV, and the list as CSV', async ({ page, org }) => {
  const project = await org.make<Project>('/projects', { name: 'Press line 4', start_date: '2026-01-05' });
  await org.make(`/projects/${project.id}/tasks`, { name: 'Clear the floor' });
  await visit(page, `/projects/${project.id}`);
  for (const [title, name] of [['MS Project XML', 'P-0001.xml'], ['Excel', 'P-0001.xlsx'], ['CSV', 'P-0001.csv']]) {
    await page.getByRole('button', { name: 'Save as' }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: title }).click();
    expect((await saved).suggestedFilename()).toBe(name);
  }
  await visit(page, '/projects?search=line');
  await page.getByRole('button', { name: 'Export' }).focus();
  await page.keyboard.press('Enter');
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV' }).press('Enter');
  const file = await saved;
  expect(file.suggestedFilename()).toBe('projects.csv');
  const text = await (await file.createReadStream()).toArray().then((parts) => Buffer.concat(parts).toString());
  expect(text).toContain('P-0001,Press line 4,Planned');
});
