// What every spec starts from: `import { expect, test } from '../support/test';`
import { type Page, expect, test as base } from '@playwright/test';
import { Organization } from './org';

export { expect };

type Cast = {
  /** A new organisation that no other test uses; its owner is signed in in this test's browser. */
  org: Organization;
  /** Errors that the browser reported. They fail the test, unless it takes them out and says why. */
  troubles: string[];
};

export const test = base.extend<Cast>({
  // Known only when the server runs, which is after the configuration was read.
  baseURL: async ({}, use) => use(process.env.TAKT_BASE),

  troubles: [
    async ({ context }, use) => {
      const troubles: string[] = [];
      context.on('weberror', (trouble) => troubles.push(String(trouble.error().stack || trouble.error())));
      context.on('console', (line) => {
        // A refused request is an answer like any other; what the page makes of it is for the test to say.
        if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) troubles.push(line.text());
      });
      await use(troubles);
      expect(troubles, 'errors that the browser reported').toEqual([]);
    },
    { auto: true },
  ],

  org: async ({ context, baseURL }, use) => {
    const org = await Organization.register(baseURL!);
    await org.signIn(context);
    await use(org);
    await org.leave();
  },
});

/** Opens a path and waits until the page answers to the mouse and the keys. */
export async function visit(page: Page, path: string) {
  await page.goto(path);
  await ready(page);
}

/** Waits until the client has taken the page over: a click before that is lost. */
export async function ready(page: Page) {
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
}

/** Logs in by hand, as people do: one of the demonstration's people, if not said. */
export async function logIn(page: Page, email = 'demo@takt.example', password = 'demo-takt-2026') {
  await visit(page, '/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  await ready(page);
}
