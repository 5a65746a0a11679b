// Coming in: logging in, registering, and doing so with other senses and other hands.
import { expectAccessible } from '../support/axe';
import { expect, logIn, ready, test, visit } from '../support/test';

test('a stranger is asked to log in and comes back to the page', async ({ page }) => {
  await page.goto('/modules');
  await expect(page).toHaveURL(/\/login\?next=/);
  await ready(page);
  await page.getByLabel('E-mail').fill('demo@takt.example');
  await page.getByLabel('Password', { exact: true }).fill('wrong password');
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByText('Address or password is wrong')).toBeVisible();
  await expect(page.getByLabel('E-mail')).toHaveValue('demo@takt.example');
  await page.getByLabel('Password', { exact: true }).fill('demo-takt-2026');
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page).toHaveURL(/\/modules$/);
});

test('an organisation registers; bad fields are named and what was typed stays', async ({ page }) => {
  await visit(page, '/register');
  await page.getByLabel('Organisation').fill('Acme Presses');
  await page.getByLabel('Your name').fill('Anna');
  await page.getByLabel('E-mail').fill('anna');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.locator('form button[type=submit]').click();
  await expect(page.getByText("'anna' is not an e-mail address")).toBeVisible();
  await expect(page.getByText('At least 8 characters; this has 5.')).toBeVisible();
  await expect(page.getByLabel('Organisation')).toHaveValue('Acme Presses');
  await page.getByLabel('E-mail').fill('anna@acme.example');
  await page.getByLabel('Password', { exact: true }).fill('correct horse');
  await page.locator('form button[type=submit]').click();
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
});

test('the entrance and the dashboard are clean for assistive technology', async ({ page }) => {
  for (const path of ['/login', '/register', '/forgot']) {
    await visit(page, path);
    await expectAccessible(page);
  }
  await logIn(page);
  await page.waitForTimeout(1000);
  await expectAccessible(page);
});
