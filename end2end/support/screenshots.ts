// Pictures of pages for the documentation, taken by the tests that bring the pages there.
import type { Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', '..', 'docs', 'screenshots');
const SIZES = { desktop: { width: 1440, height: 900 }, tablet: { width: 820, height: 1180 } };

/**
 * Saves `<name>-desktop-light.png` and its three siblings. Only `make screenshots` asks for them:
 * an ordinary test run must leave the clone as it was.
 */
export async function shoot(page: Page, name: string) {
  if (!process.env.TAKT_SCREENSHOTS) return;
  mkdirSync(FOLDER, { recursive: true });
  const before = page.viewportSize();
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // What draws on a canvas draws again after a frame, and once more when its size has settled.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await page.waitForTimeout(150);
      await page.screenshot({ path: join(FOLDER, `${name}-${size}-${colorScheme}.png`), animations: 'disabled' });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}
