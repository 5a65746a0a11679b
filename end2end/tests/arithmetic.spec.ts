// The scheduler in the browser is the scheduler of the server, bit for bit.
import { expect, test, visit } from '../support/test';
import { imported } from '../support/networks';

type Bench = { loadDocument(plan: string): Promise<void>; digest(): string };
declare const taktBench: Bench;

test('what the browser works out is what the server works out, bit for bit', async ({ page, org }) => {
  await visit(page, '/bench/gantt');
  await page.waitForFunction(() => 'taktBench' in window);
  const seen = new Set<string>();
  for (let seed = 1; seed <= 24; seed++) {
    const { id } = await org.make<{ id: string }>('/projects', { name: `Network ${seed}`, start_date: '2026-01-05T08:00:00' });
    const size = [10, 60, 240, 1_200][seed % 4]!;
    const answer = await org.api.post(`/api/v1/projects/${id}/operations`, { data: { operations: [imported(seed, size)] } });
    expect(answer.status(), await answer.text()).toBe(200);
    const { digest } = await org.get<{ digest: string }>(`/projects/${id}/schedule`);
    const plan = await (await org.api.get(`/api/v1/projects/${id}/plan`)).text();
    const shown = await page.evaluate(async (plan) => {
      await taktBench.loadDocument(plan);
      return taktBench.digest();
    }, plan);
    expect(shown, `network ${seed} of ${size} tasks`).toBe(digest);
    seen.add(digest);
  }
  expect(seen.size, 'networks that differ').toBe(24);
});
