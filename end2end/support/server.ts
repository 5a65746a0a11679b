import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const freePort = () =>
  new Promise<number>((found) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => found(port));
    });
  });

/** Starts the built program with demonstration data in a folder of its own; stops it by its process id. */
export default async function start() {
  const target = process.env.CARGO_TARGET_DIR ?? 'target';
  const folder = mkdtempSync(join(tmpdir(), 'takt-e2e-'));
  const log = join(folder, 'log');
  const port = await freePort();
  const base = `http://localhost:${port}`;
  const server = spawn(
    join(target, 'debug', 'takt'),
    ['serve', '--demo', '--addr', `127.0.0.1:${port}`, '--data-dir', join(folder, 'data')],
    { stdio: ['ignore', openSync(log, 'a'), openSync(log, 'a')], env: { ...process.env, TAKT_BASE_URL: base } },
  );
  const tail = () => readFileSync(log, 'utf8').slice(-4000);
  for (let tries = 0; ; tries++) {
    if (server.exitCode !== null || tries > 600) throw new Error(`the server did not start:\n${tail()}`);
    if (await fetch(`${base}/ready`).then((answer) => answer.ok, () => false)) break;
    await new Promise((later) => setTimeout(later, 100));
  }
  process.env.TAKT_BASE = base;
  return async () => {
    server.kill('SIGINT');
    const panics = tail().includes('panicked');
    rmSync(folder, { recursive: true, force: true });
    if (panics) throw new Error('the server panicked while the tests ran');
  };
}
