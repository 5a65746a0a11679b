// What was acknowledged is there after the power went, whenever it went.
import { expect, test } from '@playwright/test';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dice } from '../support/networks';
import { freePort, program } from '../support/server';

const ROUNDS = 5;

async function serve(folder: string, port: number): Promise<ChildProcess> {
  const server = spawn(program(), ['serve', '--addr', `127.0.0.1:${port}`, '--data-dir', folder], {
    stdio: 'ignore',
    env: { ...process.env, DATABASE_URL: '' },
  });
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    if (await fetch(`http://127.0.0.1:${port}/ready`).then((answer) => answer.ok, () => false)) return server;
    await new Promise((later) => setTimeout(later, 50));
  }
  server.kill('SIGKILL');
  throw new Error('the server did not start');
}

test('a server that is killed while it writes loses nothing that it acknowledged', async () => {
  test.slow();
  const folder = mkdtempSync(join(tmpdir(), 'takt-crash-'));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}/api/v1`;
  const roll = dice(4711);
  const acknowledged = new Set<string>();
  let headers: Record<string, string> = { 'content-type': 'application/json' };
  const post = (path: string, body: unknown) => fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) });
  let server = await serve(folder, port);
  try {
    const owner = { owner_name: 'Olga', owner_email: 'olga@crash.example', owner_password: 'correct horse 4711' };
    const welcome = await (await post('/auth/register', { organization_name: 'Crash', ...owner })).json();
    headers = { ...headers, authorization: `Bearer ${welcome.access_token}` };
    const project = await (await post('/projects', { name: 'Die 7', start_date: '2026-01-05' })).json();
    for (let round = 0; round < ROUNDS; round++) {
      let dead = false;
      const gone = new Promise<void>((ended) => server.once('exit', () => ended()));
      const writers = [0, 1, 2].map(async () => {
        while (!dead) {
          const answer = await post(`/projects/${project.id}/tasks`, { name: `Round ${round}` }).catch(() => undefined);
          // Only a whole answer counts: the row's id is in its body.
          const made = answer?.status === 201 ? await answer.json().catch(() => undefined) : undefined;
          if (made) acknowledged.add(made.id);
        }
      });
      await new Promise((later) => setTimeout(later, 150 + roll() * 600));
      server.kill('SIGKILL');
      dead = true;
      await Promise.all([gone, ...writers]);
      server = await serve(folder, port);
      const plan = await (await fetch(`${base}/projects/${project.id}/plan`, { headers })).json();
      const stored = new Set(plan.tasks.map((task: { id: string }) => task.id));
      const lost = [...acknowledged].filter((id) => !stored.has(id));
      expect(lost, `lost in round ${round}`).toEqual([]);
      // One step a task: neither half of it is there alone.
      expect(plan.head.revision).toBe(stored.size);
    }
    expect(acknowledged.size).toBeGreaterThan(ROUNDS);
  } finally {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
