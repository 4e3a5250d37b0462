/** Ten at the same moment about what a review takes away: it is gone or stays, by one decision, told to Azure once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { apply } from './apply/apply.ts';
import { askUndo } from './apply/ask-undo.ts';
import { releaseChanges } from './apply/release-changes.ts';
import { applierBench } from './apply/testing.ts';
import { withdrawChange } from './apply/withdraw-change.ts';
import { asJob } from './context.ts';
import { codes, lines, race as play, racers, won } from './racing.ts';
import { closeNow } from './reviews/close-campaign.ts';
import { decideItems } from './reviews/decide-items.ts';
import {
  administrator,
  as,
  changesOf,
  emptyTenant,
  itemOf,
  opens,
  submits,
  told,
} from './reviews/testing.ts';

let bench: Awaited<ReturnType<typeof applierBench>>;
let campaign: string;
beforeAll(async () => {
  bench = await applierBench();
});
afterAll(() => bench?.close());

const rea = as('rea');
const [mira, nadia] = ['mira', 'nadia'].map((id) => as(id, 'Stint.Administrator')) as [
  typeof administrator,
  typeof administrator,
];

/** Each round begins with a removal that a reviewer has submitted. */
function race(what: string, after: 'auto' | 'hold', round: () => Promise<void>): void {
  play(what, async () => {
    await bench.reset();
    await emptyTenant();
    await bench.wasRead();
    await bench.stands('ann');
    campaign = await opens({ apply: after });
    await submits(rea, campaign, 'remove', 'ann');
    await round();
  });
}

const closes = () => closeNow(administrator, campaign);
const held = () => bench.azure.there.has('ann|role|/|assigned');
const taken = () => bench.azure.acts.filter(([step]) => step === 'remove').length;

async function theChange() {
  const [one, ...more] = (await changesOf(campaign)).filter(({ undoesId }) => undoesId === null);
  expect(more).toEqual([]);
  if (!one) throw new Error('nothing is asked of the Applier');
  return one;
}

/** A reviewer takes back what they said, or says it again; that somebody was first they hear by name of the fault. */
async function changesMind(n: number): Promise<void> {
  const item = await itemOf(campaign, 'ann');
  const how = { decision: n % 4 === 0 ? 'remove' : 'keep', rationale: `Racer ${n}` } as const;
  const { refused } = await decideItems(rea, { campaignId: campaign, items: [item], ...how });
  if (refused[0]) throw refused[0];
}

/** Azure was told at most once, and what it holds is what the change says. */
async function settles(): Promise<string> {
  await bench.runs();
  const { id, state } = await theChange();
  expect(['done', 'withdrawn']).toContain(state);
  expect(taken()).toBe(state === 'done' ? 1 : 0);
  expect(held()).toBe(state === 'withdrawn');
  const actions = await bench.actions(id);
  for (const once of new Set(actions)) expect(actions.filter((one) => one === once)).toHaveLength(1);
  return state;
}

race('review decision × close', 'auto', async () => {
  const outcomes = await Promise.allSettled(lines((n) => (n % 2 === 0 ? changesMind(n) : closes())));
  for (const code of codes(outcomes)) expect(['conflict', 'review_closed']).toContain(code);
  expect((await told('campaign', campaign)).filter((one) => one === 'campaign.closed')).toHaveLength(1);
  // What counts is what was said last before the close, and that alone is carried out.
  const { decision } = await itemOf(campaign, 'ann');
  if (decision === 'remove') expect(await settles()).toBe('done');
  else {
    expect(await changesOf(campaign)).toEqual([]);
    await bench.runs();
    expect(held()).toBe(true);
  }
});

race('review decision × removal', 'auto', async () => {
  await closes();
  const { id, version } = await theChange();
  const job = () => apply(asJob('apply', randomUUID()), { changeId: id, version }, bench.azure, []);
  const outcomes = await Promise.allSettled([
    ...lines(changesMind, racers / 2),
    ...lines(job, racers / 2),
    ...lines(() => withdrawChange(mira, id), 2),
  ]);
  expect(new Set(codes(outcomes.slice(0, racers / 2)))).toEqual(new Set(['review_closed']));
  for (const code of codes(outcomes.slice(racers / 2))) expect(code).toBe('conflict');
  const isWithdrawn = won(outcomes.slice(racers)) === 1;
  expect(await settles()).toBe(isWithdrawn ? 'withdrawn' : 'done');
});

race('removal let go × withdrawn', 'hold', async () => {
  await closes();
  const { id } = await theChange();
  const outcomes = await Promise.allSettled(
    lines((n) => (n % 2 === 0 ? releaseChanges(nadia, [id]) : withdrawChange(mira, id))),
  );
  for (const code of codes(outcomes)) expect(code).toBe('conflict');
  const withdrawn = won(outcomes.filter((_, n) => n % 2 === 1));
  expect(withdrawn).toBeLessThanOrEqual(1);
  expect(await settles()).toBe(withdrawn === 1 ? 'withdrawn' : 'done');
});

race('undo × undo', 'auto', async () => {
  await closes();
  expect(await settles()).toBe('done');
  const { id } = await theChange();
  const asked = await Promise.allSettled(lines(() => askUndo(mira, id)));
  expect(won(asked)).toBe(1);
  expect(new Set(codes(asked))).toEqual(new Set(['conflict']));
  const undo = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  // What the policy would say to it is looked up first.
  await bench.runs();
  const released = await Promise.allSettled(lines(() => releaseChanges(nadia, undo)));
  expect(won(released)).toBe(1);
  expect(new Set(codes(released))).toEqual(new Set(['conflict']));
  await bench.runs();
  expect(held()).toBe(true);
  expect(bench.azure.acts.map(([step]) => step)).toEqual(['remove', 'restore']);
});
