// What every spec starts from: `import { expect, test } from "../support/test";`
import { type Page, expect, test as base } from "@playwright/test";
import { Organization } from "./org";

export { expect };

type Cast = {
  /// A new organisation; its owner is signed in in this test's browser.
  org: Organization;
};

type Watch = {
  /// Errors that the browser reported. They fail the test unless it empties the list and says why.
  troubles: string[];
};

export const test = base.extend<Cast & Watch>({
  // The address is known only after the server started, which is after the configuration was read.
  baseURL: async ({}, use) => use(process.env.TAKT_E2E_URL),

  troubles: [
    async ({ context }, use) => {
      const troubles: string[] = [];
      const note = (text: string) => {
        // A refused request is an answer like any other; what the page makes of it is for the test to say.
        if (!text.startsWith("Failed to load resource")) troubles.push(text);
      };
      context.on("weberror", (trouble) => note(String(trouble.error().stack ?? trouble.error())));
      context.on("console", (line) => {
        if (line.type() === "error") note(line.text());
      });
      await use(troubles);
      expect(troubles, "errors that the browser reported").toEqual([]);
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

/// Opens a path and waits until the page answers to the mouse and the keys.
export async function visit(page: Page, path: string) {
  await page.goto(path);
  await hydrated(page);
}

/// Waits until the client has taken the page over: a click before that is lost.
export async function hydrated(page: Page) {
  await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
}
