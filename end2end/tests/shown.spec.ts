// The pages that somebody sees in their first ten minutes, each clean for assistive technology. `make screenshots` keeps
// pictures of them.
import { expect, logIn, test, visit } from '../support/test';
import { expectAccessible } from '../support/axe';
import { shoot } from '../support/screenshots';

/** A plan of phases of twenty tasks, as a spreadsheet would bring it. */
function table(count: number): string {
  const lines = ['id,level,name,duration,predecessors'];
  for (let id = 1, place = 0; id <= count; id++, place = (place + 1) % 21) {
    if (place === 0) lines.push(`${id},1,Phase ${Math.ceil(id / 21)},,`);
    else lines.push(`${id},2,Task ${id},${1 + ((id * 7) % 5)}d,${place > 1 ? id - 1 : id > 43 ? Math.max(2, Math.floor(id / 42) * 21 - 3) : ''}`);
  }
  return lines.join('\n');
}

test('dashboard, list and plan of the demonstration', async ({ page }) => {
  await logIn(page);
  await expect(page.locator('.chart-canvas canvas, .chart-canvas svg').first()).toBeVisible();
  await page.waitForTimeout(800);
  await expectAccessible(page);
  await shoot(page, 'dashboard');
  await visit(page, '/projects');
  await expectAccessible(page);
  await shoot(page, 'projects');
  await page.getByRole('link', { name: 'Coil line retrofit' }).click();
  await expect(page.getByRole('treegrid', { name: 'Tasks' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Month' }).click();
  await page.waitForTimeout(300);
  await shoot(page, 'plan');
});

test('a plan of ten thousand tasks is opened, scrolled to its end and changed', async ({ page, org }) => {
  test.slow();
  const answer = await org.api.post('/api/v1/projects/import?filename=plan.csv&name=Ten+thousand', {
    data: table(10_000),
    headers: { 'content-type': 'text/csv' },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  const { id } = await answer.json();
  await visit(page, `/projects/${id}`);
  const rows = page.getByRole('treegrid', { name: 'Tasks' });
  await expect(rows).toHaveAttribute('aria-rowcount', '10001', { timeout: 30_000 });
  // Only what is seen exists.
  expect(await page.getByRole('row').count()).toBeLessThan(80);
  await shoot(page, 'plan-10000');
  await page.locator('.gantt-body').evaluate((body) => body.scrollTo(0, body.scrollHeight));
  const last = page.getByRole('row', { name: /Task 10000/ });
  await expect(last).toBeVisible();
  await last.click();
  const before = await last.innerText();
  await rows.focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(() => last.innerText()).not.toBe(before);
});

test('a file is looked at before it becomes a plan', async ({ page, org }) => {
  await visit(page, '/projects/import');
  const text = 'name,level,duration,predecessors\nDie 7,1,,\nCut,2,2d,\nForm,2,soon,2\nShip,1,0,2\n';
  await page.locator('#import-file').setInputFiles({ name: 'die.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(page.getByText('soon').first()).toBeVisible();
  await expectAccessible(page);
  await shoot(page, 'import');
  expect((await org.get<{ total: number }>('/projects')).total).toBe(0);
});

test('a module that is off says so, and its pages say what to do', async ({ page, org }) => {
  expect((await org.api.put('/api/v1/modules/projects', { data: { enabled: false } })).status()).toBe(204);
  await visit(page, '/projects');
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Switch it on' })).toBeVisible();
  await expect(page.getByRole('searchbox', { name: 'Search projects' })).toHaveCount(0);
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Projects' })).toHaveCount(0);
  await expectAccessible(page);
  await shoot(page, 'module-off');
});
