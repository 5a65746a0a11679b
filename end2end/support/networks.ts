// Plans made of dice that always fall the same: every kind of link, lag, constraint, calendar and task.

/** Numbers from 0 up to 1, the same for the same seed. */
export function dice(seed: number) {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const uuid = (kind: number, number: number) =>
  `00000000-0000-7000-80${kind.toString(16).padStart(2, '0')}-${number.toString(16).padStart(12, '0')}`;

const day = (number: number, time: string) =>
  `${new Date(Date.UTC(2026, 0, 5) + number * 86_400_000).toISOString().slice(0, 10)}T${time}:00`;

const CONSTRAINTS = [
  'as_late_as_possible',
  'start_no_earlier_than',
  'start_no_later_than',
  'finish_no_earlier_than',
  'finish_no_later_than',
  'must_start_on',
  'must_finish_on',
];

/** The operation that brings a whole plan of `count` tasks below summaries, with ids of its own. */
export function imported(seed: number, count: number) {
  const roll = dice(seed);
  const pick = <T>(of: T[]) => of[Math.floor(roll() * of.length)]!;
  const maybe = <T>(chance: number, value: () => T) => (roll() < chance ? value() : null);
  const week = (from: number, to: number) =>
    Array.from({ length: 7 }, (_, weekday) => (weekday < 6 ? [{ from, to }] : []));
  const calendars = [
    { id: uuid(1, seed * 10 + 1), name: 'Early', calendar: { week: week(360, 840), exceptions: { '2026-01-06': [], '2026-02-04': [{ from: 600, to: 700 }] } }, version: 1 },
    { id: uuid(1, seed * 10 + 2), name: 'Night', calendar: { week: week(1_200, 1_440), exceptions: {} }, version: 1 },
  ];
  const tasks: Record<string, unknown>[] = [];
  const leaves: number[] = [];
  let parent: string | null = null;
  for (let number = 0; number < count; number++) {
    const summary = number % 12 === 0;
    const id = uuid(2, seed * 100_000 + number);
    const kind = summary ? 'summary' : roll() < 0.1 ? 'milestone' : 'task';
    const constraint = summary || roll() < 0.8 ? 'as_soon_as_possible' : pick(CONSTRAINTS);
    const dated = constraint !== 'as_soon_as_possible' && constraint !== 'as_late_as_possible';
    const manual = !summary && roll() < 0.04;
    tasks.push({
      id,
      parent_id: summary ? null : parent,
      rank: number,
      name: `Task ${number + 1}`,
      type: kind,
      mode: manual ? 'manual' : 'auto',
      status: 'not_started',
      progress: 0,
      duration_minutes: kind === 'task' ? Math.floor(roll() * 4_000) : 0,
      elapsed: kind === 'task' && roll() < 0.1,
      calendar_id: summary ? null : maybe(0.25, () => pick(calendars).id),
      constraint,
      constraint_at: dated ? day(Math.floor(roll() * 200), '10:30') : null,
      deadline: maybe(0.1, () => day(Math.floor(roll() * 300), '16:00')),
      manual_start: manual ? day(Math.floor(roll() * 100), '09:15') : null,
      actual_start: null,
      actual_finish: null,
      priority: 500,
      department: null,
      notes: '',
      assignees: [],
      version: 1,
    });
    if (summary) parent = id;
    else leaves.push(number);
  }
  const links: Record<string, unknown>[] = [];
  const seen = new Set<string>();
  for (const to of leaves) {
    for (let tries = Math.floor(roll() * 3); tries > 0; tries--) {
      const from = leaves[Math.floor(roll() * leaves.length)]!;
      const key = `${from} ${to}`;
      // Forward only: no circles.
      if (from >= to || seen.has(key)) continue;
      seen.add(key);
      links.push({
        id: uuid(3, seed * 100_000 + links.length),
        predecessor_id: tasks[from]!.id,
        successor_id: tasks[to]!.id,
        type: pick(['FS', 'FS', 'SS', 'FF', 'SF']),
        lag_minutes: roll() < 0.5 ? 0 : Math.floor(roll() * 3_000) - 1_000,
        lag_unit: pick(['working', 'elapsed']),
        version: 1,
      });
    }
  }
  return { op: 'import', tasks, links, calendars };
}
