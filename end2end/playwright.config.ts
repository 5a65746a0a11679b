// Browser tests: one browser, the one that the machine has, against a server that these tests start.
import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';

const chromium = [process.env.TAKT_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);

export default defineConfig({
  testDir: './tests',
  outputDir: './test-results/runs',
  globalSetup: './support/server.ts',
  // Files run beside each other, the tests of a file one after another: some share the demonstration's plans.
  workers: 2,
  // A test that passes the second time has found something: it must be looked at, not tried again.
  retries: 0,
  // Twenty failures say no more than five, and take their time.
  maxFailures: 5,
  timeout: 60_000,
  expect: { timeout: 7_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // Movement is for people; tests would wait for it.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        // The sandbox needs rights that root in a container does not have; only our own pages are opened.
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        // Nothing outside this machine is asked for anything.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
