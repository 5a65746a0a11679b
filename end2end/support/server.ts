// Starts the built program with demonstration data in a folder of its own, and stops it after the last test.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_MS = 60_000;

/** What the server said; kept until the next run, for whoever asks why a test failed. */
const LOG = join(__dirname, '..', 'test-results', 'server.log');

/** A server that runs already, `TAKT_BASE=http://localhost:3000`, is used as it is and left running. */
export default async function start() {
  if (process.env.TAKT_BASE) return;
  const folder = mkdtempSync(join(tmpdir(), 'takt-e2e-'));
  mkdirSync(join(LOG, '..'), { recursive: true });
  const log = openSync(LOG, 'w');
  const port = await freePort();
  const base = `http://localhost:${port}`;
  const server = spawn(program(), ['serve', '--demo', '--bench', '--addr', `127.0.0.1:${port}`, '--data-dir', folder], {
    stdio: ['ignore', log, log],
    // A database that the caller uses for something else is none of ours.
    env: { ...process.env, TAKT_BASE_URL: base, DATABASE_URL: '', TAKT_LOG: 'json' },
  });
  const said = () => readFileSync(LOG, 'utf8');
  const over = new Promise<void>((ended) => server.once('exit', () => ended()));
  // Should the tests end before their time, the server goes with them.
  const last = () => void server.kill('SIGKILL');
  process.once('exit', last);
  for (const until = Date.now() + START_MS; ; ) {
    if (await fetch(`${base}/ready`).then((answer) => answer.ok, () => false)) break;
    if (server.exitCode !== null || Date.now() > until) {
      last();
      throw new Error(`the server did not start:\n${said().slice(-4_000)}`);
    }
    await new Promise((later) => setTimeout(later, 100));
  }
  process.env.TAKT_BASE = base;
  return async () => {
    server.kill('SIGTERM');
    await over;
    process.removeListener('exit', last);
    rmSync(folder, { recursive: true, force: true });
    const panic = said().match(/^.*panicked at[^]{0,400}/m);
    if (panic) throw new Error(`the server panicked while the tests ran: ${panic[0]}`);
  };
}

/** The built program. */
export function program(): string {
  const path = process.env.TAKT_BINARY ?? join(process.env.CARGO_TARGET_DIR ?? 'target', 'debug', 'takt');
  if (!existsSync(path)) throw new Error(`${path} is missing: make test builds it`);
  return path;
}

/** A port of this machine that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => found(port));
    });
  });
}
