// Whether people with other senses and other hands can use a page.
import AxeBuilder from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';

/** Holds the page, as it is shown now, to every rule of axe: WCAG 2.2 AA and good practice. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} (${rule.help})`));
  expect(found).toEqual([]);
}
