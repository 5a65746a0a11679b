import { expect, type Page } from '@playwright/test';

export const base = () => process.env.TAKT_BASE!;

/** Waits until the page answers to clicks. */
export async function ready(page: Page) {
  await page.waitForSelector('html[data-hydrated]', { timeout: 30_000 });
}

/** Logs in by hand, as people do. */
export async function logIn(page: Page, email = 'demo@takt.example', password = 'demo-takt-2026') {
  await page.goto(`${base()}/login`);
  await ready(page);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  await ready(page);
}
