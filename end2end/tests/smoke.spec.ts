// Does it stand at all: the server answers, a page arrives, the client takes over, a form works.
import { expectAccessible } from '../support/axe';
import { shoot } from '../support/screenshots';
import { expect, test, visit } from '../support/test';

test('the server says that it lives and that it is ready', async ({ request }) => {
  const health = await request.get('/health');
  expect(health.status()).toBe(200);
  expect(await health.json()).toMatchObject({ status: 'ok' });
  const ready = await request.get('/ready');
  expect(await ready.json()).toEqual({ status: 'ready', database: 'sqlite', pending: [] });
});

test('the client arrives compressed and is kept for good', async ({ page }) => {
  const wasm = page.waitForResponse((answer) => answer.url().endsWith('.wasm'));
  await visit(page, '/register');
  const headers = await (await wasm).allHeaders();
  expect(headers).toMatchObject({
    'content-type': 'application/wasm',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  expect(['br', 'gzip']).toContain(headers['content-encoding']);
});

test('the register page can be read, by everybody', async ({ page }) => {
  await visit(page, '/register');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page);
  await shoot(page, 'register');
});

test('somebody who is signed in sees their organisation', async ({ page, org }) => {
  await visit(page, '/');
  await expect(page.getByText(org.name).first()).toBeVisible();
});
