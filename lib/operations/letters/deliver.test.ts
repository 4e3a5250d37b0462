import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, transaction } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { deliveries, outboundChannels } from '#db/schema/deliveries.ts';
import { letters } from '#db/schema/letters.ts';
import { requests } from '#db/schema/requests.ts';
import { statusNames } from '#lib/domain/request.ts';
import { NotifyFault } from '#lib/notify/faults.ts';
import { freshenCards } from '#lib/operations/chat/freshen-cards.ts';
import { asJob } from '#lib/operations/context.ts';
import { loadRequest, move } from '#lib/operations/requests/move.ts';
import { send } from '#lib/operations/webhooks/publish.ts';
import { deliver } from './deliver.ts';
import { type LettersBench, openLetters } from './testing.ts';
import { updateCards } from './update-cards.ts';

let bench: LettersBench;
beforeAll(async () => {
  bench = await openLetters();
});
beforeEach(() => bench.reset());
afterAll(() => bench.close());

const state = async () => (await bench.rows()).map((row) => row.state);

describe('a letter', () => {
  test('goes to its person’s address as Entra has it, once, however often it is told and delivered', async () => {
    await bench.tells('asked_to_sign', 'bo');
    await bench.tells('asked_to_sign', 'bo');
    await bench.works(3);
    expect(bench.sent.map(({ address }) => address)).toEqual(['bo@contoso.example']);
    expect(await state()).toEqual(['sent']);
  });

  test('that is undone with its change is never sent', async () => {
    const undone = transaction(async (tx) => {
      const { tell } = await import('./tell.ts');
      await tell(tx, [{ kind: 'denied', to: 'bo', requestId: null, of: 'x', facts: {} }]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect([await bench.jobs(), await bench.rows()]).toEqual([[], []]);
  });

  test('goes out by a queue of its own way: what hangs on one keeps no other', async () => {
    await bench.tells('denied', 'bo');
    expect((await bench.jobs()).map(({ name }) => name)).toEqual(['deliver-mail']);
    await bench.linksChat('bo');
    await bench.linksChat('bo', 'teams');
    await bench.tells('approved', 'bo');
    expect((await bench.jobs()).map(({ name }) => name)).toEqual([
      ...['deliver-mail', 'deliver-slack', 'deliver-teams'],
    ]);
    const event = { id: randomUUID(), type: 'webhook.test', data: {}, happenedAt: new Date() };
    await transaction((tx) => send(tx, event, [randomUUID()], null));
    expect((await bench.jobs()).map(({ name }) => name)).toEqual(['deliver-webhook']);
  });

  test('is written for the portal also where no way out is set up', async () => {
    await db().delete(outboundChannels);
    await bench.tells('denied', 'bo');
    expect([await db().$count(letters), await db().$count(deliveries)]).toEqual([1, 0]);
  });

  test('goes to the mailbox that Entra names, and never to the name one signs in with', async () => {
    await db().execute(`update people set upn = 'bo@contoso.example'`);
    await db().execute(`update principals set upn = 'bo@contoso.example', mail = 'bo@partner.example'`);
    await bench.tells('denied', 'bo');
    expect(await bench.rows()).toMatchObject([{ channel: 'mail', address: 'bo@partner.example' }]);
    for (const none of [
      "mail = null, upn = 'bo@contoso.example'",
      "mail = 'bo@partner.example', gone_at = now()",
    ]) {
      await empty('deliveries letters');
      await db().execute(`update principals set ${none}`);
      await bench.tells('denied', 'bo');
      expect(await bench.rows()).toEqual([]);
    }
  });

  test('that asks for a decision is left once there is one; one that tells of it is not', async () => {
    const decided = await bench.request('denied');
    await bench.tells('reminder', 'bo', decided);
    await bench.tells('denied', 'ada', decided);
    await bench.works();
    expect(bench.sent.map(({ letter }) => letter.kind)).toEqual(['denied']);
    expect((await state()).toSorted()).toEqual(['sent', 'skipped']);
  });
});

describe('a way out that fails', () => {
  test('is tried again, each time later, and then given up', async () => {
    bench.fault = new NotifyFault('unreachable', 'It does not answer.');
    await bench.tells('denied', 'bo');
    await bench.works();
    expect(await bench.rows()).toMatchObject([{ state: 'failed', tries: 1, failure: 'It does not answer.' }]);
    for (let tries = 2; tries <= 8; tries++) await bench.passes(7 * 60);
    expect(await bench.rows()).toMatchObject([{ state: 'dead', tries: 8, dueAt: null }]);
    await bench.passes(60 * 24 * 30);
    expect(await bench.rows()).toMatchObject([{ tries: 8 }]);
  });

  test('is not asked sooner than it says', async () => {
    bench.fault = new NotifyFault('busy', 'Busy.', { retryAfterSeconds: 600 });
    await bench.tells('denied', 'bo');
    await bench.works();
    bench.fault = null;
    await bench.passes(9);
    expect(bench.sent).toEqual([]);
    await bench.passes(2);
    expect(await state()).toEqual(['sent']);
  });

  test.each(['refused', 'gone'] as const)('%s is given up at once', async (kind) => {
    bench.fault = new NotifyFault(kind, 'No.');
    await bench.tells('denied', 'bo');
    await bench.works();
    expect(await state()).toEqual(['dead']);
  });

  test('by a fault of ours keeps its words in the log', async () => {
    bench.fault = new Error('secret inside');
    await bench.tells('denied', 'bo');
    await expect(bench.works()).rejects.toThrow('secret inside');
    const [row] = await bench.rows();
    expect(row).toMatchObject({ state: 'failed', failure: expect.not.stringContaining('secret') });
  });
});

describe('a worker that dies', () => {
  test('before it sent: the letter goes out by the next, two minutes later', async () => {
    await bench.tells('denied', 'bo');
    await bench.jobs();
    const [row] = await bench.rows();
    const { claim } = await import('./claim.ts');
    await claim(row?.id ?? '');
    await bench.passes(1);
    expect(bench.sent).toEqual([]);
    await bench.passes(2);
    expect(await state()).toEqual(['sent']);
  });

  test('and was only slow: it records nothing over the next one’s try', async () => {
    await bench.tells('denied', 'bo');
    bench.meanwhile = async () => {
      bench.meanwhile = async () => {};
      await bench.passes(3);
      bench.fault = new NotifyFault('unreachable', 'Late.');
    };
    await bench.works();
    expect(await bench.rows()).toMatchObject([{ state: 'sent', tries: 2, failure: null }]);
  });

  test('after the job was taken from the queue: it is taken anew', async () => {
    await bench.tells('denied', 'bo');
    await bench.jobs();
    await bench.passes(1.1);
    expect(await state()).toEqual(['sent']);
  });
});

describe('held letters', () => {
  test('go out together when the digest is due, without those that were read meanwhile', async () => {
    await bench.wants('bo', { digest: { every: 'day', at: '08:00', day: 1 } });
    for (const of of ['1', '2', '3']) await bench.tells('denied', 'bo', null, of);
    await bench.tells('asked_to_sign', 'bo');
    await bench.works();
    expect(bench.sent.map(({ letter }) => letter.kind)).toEqual(['asked_to_sign']);
    await db().execute(`update letters set read_at = now() where dedupe_key like 'denied%2%'`);
    await bench.passes(24 * 60);
    expect(bench.together.map((all) => all.length)).toEqual([2]);
    expect((await state()).toSorted()).toEqual(['sent', 'sent', 'sent', 'skipped']);
  });

  test('of two people are two', async () => {
    for (const id of ['ada', 'bo']) {
      await bench.wants(id, { digest: { every: 'day', at: '08:00', day: 1 } });
      for (const of of ['1', '2']) await bench.tells('denied', id, null, of);
    }
    await bench.passes(24 * 60);
    const people = bench.together.map((all) => all.map(({ person }) => person.id).join());
    expect(people.toSorted()).toEqual(['ada,ada', 'bo,bo']);
  });
});

describe('cards', () => {
  test('follow their request when it moves, however it does', async () => {
    const requestId = await bench.request('awaiting_approval');
    const ts = await bench.card(requestId);
    await bench.jobs();
    await transaction(async (tx) => {
      const seen = await loadRequest(tx, requestId);
      if (seen) await move(tx, seen, 'denied', {}, 'request.denied');
    });
    await bench.works();
    expect(bench.updated).toEqual([{ receipt: { channel: 'C1', ts }, says: 'Denied' }]);
  });

  test('of requests without any take no job', async () => {
    const requestId = await bench.request('awaiting_approval');
    await transaction(async (tx) => {
      const seen = await loadRequest(tx, requestId);
      if (seen) await move(tx, seen, 'denied', {}, 'request.denied');
    });
    expect((await bench.jobs()).map(({ name }) => name)).not.toContain('update-slack-cards');
  });

  test('of each chat have a job of their own: one that hangs keeps no card of the other', async () => {
    const requestId = await bench.request('awaiting_approval');
    await bench.card(requestId);
    const inTeams = await bench.card(requestId);
    await db().update(deliveries).set({ channel: 'teams' }).where(eq(deliveries.id, inTeams));
    await bench.jobs();
    await freshenCards(requestId);
    const jobs = await bench.jobs();
    expect(jobs.map(({ name }) => name)).toEqual(['update-slack-cards', 'update-teams-cards']);
    const { channels, ...outlets } = bench.outlets();
    const written: unknown[] = [];
    const slack = { send: async () => null, update: () => new Promise<never>(() => {}) };
    const update = async ({ ts }: Record<string, unknown>) => void written.push(ts);
    const teams = { send: async () => null, update };
    await updateCards(requestId, 'teams', { ...outlets, channels: { ...channels, slack, teams } });
    expect(written).toEqual([inTeams]);
  });

  test('written while the request moves on are written once more', async () => {
    const requestId = await bench.request('awaiting_approval');
    await bench.card(requestId);
    await bench.jobs();
    bench.meanwhile = async () => {
      bench.meanwhile = async () => {};
      await db().update(requests).set({ status: 'lapsed' });
    };
    await updateCards(requestId, 'slack', bench.outlets());
    expect(bench.updated.at(-1)?.says).toBe(statusNames.lapsed);
  });

  test('on their way while the request moves on are written once more', async () => {
    const requestId = await bench.request('awaiting_approval');
    await bench.linksChat('bo');
    await db().execute(`update principals set mail = null`);
    await bench.tells('asked_to_sign', 'bo', requestId);
    bench.meanwhile = async () => {
      bench.meanwhile = async () => {};
      await transaction(async (tx) => {
        const seen = await loadRequest(tx, requestId);
        if (seen) await move(tx, seen, 'denied', {}, 'request.denied');
      });
    };
    await bench.works();
    expect(bench.updated).toEqual([]);
    await bench.works();
    expect(bench.updated).toMatchObject([{ says: 'Denied' }]);
  });

  test('are on the homes in Slack too, of who is linked still', async () => {
    const requestId = await bench.request('awaiting_approval');
    await bench.card(requestId);
    const [letter] = await db().select().from(letters);
    await bench.linksChat(letter?.personId ?? '');
    await bench.jobs();
    await updateCards(requestId, 'slack', bench.outlets());
    expect((await bench.jobs()).map(({ name }) => name)).toEqual(['chat-home']);
    await db().execute(`update chat_accounts set ended_at = now()`);
    await updateCards(requestId, 'slack', bench.outlets());
    expect(await bench.jobs()).toEqual([]);
  });

  test('that one cannot be written keeps no other from it', async () => {
    const requestId = await bench.request('awaiting_approval');
    await bench.card(requestId);
    const ts = await bench.card(requestId);
    failsAt(1, new NotifyFault('unreachable', 'Lost.'));
    await expect(updateCards(requestId, 'slack', bench.outlets())).rejects.toThrow('Lost.');
    expect(bench.updated).toMatchObject([{ receipt: { ts } }]);
  });

  test('cut by a busy Slack go on from there: each is written once, and who is busy is not asked on', async () => {
    const requestId = await bench.request('awaiting_approval');
    const cards = [await bench.card(requestId), await bench.card(requestId), await bench.card(requestId)];
    await bench.jobs();
    const asked = failsAt(2, new NotifyFault('busy', 'Busy.', { retryAfterSeconds: 7 }));
    await expect(updateCards(requestId, 'slack', bench.outlets())).rejects.toMatchObject({
      retryAfterSeconds: 7,
    });
    expect(asked()).toBe(2);
    await updateCards(requestId, 'slack', bench.outlets());
    expect(bench.updated.map(({ receipt }) => receipt.ts)).toEqual(cards);
    expect(asked()).toBe(4);
    await updateCards(requestId, 'slack', bench.outlets());
    expect(asked()).toBe(4);
  });

  test('are all written again when the request moved on while they waited', async () => {
    const requestId = await bench.request('awaiting_approval');
    const cards = [await bench.card(requestId), await bench.card(requestId)];
    failsAt(2, new NotifyFault('busy', 'Busy.', { retryAfterSeconds: 7 }));
    await expect(updateCards(requestId, 'slack', bench.outlets())).rejects.toThrow('Busy.');
    await db().update(requests).set({ status: 'lapsed' });
    await updateCards(requestId, 'slack', bench.outlets());
    expect(bench.updated.slice(1)).toEqual(
      cards.map((ts) => ({ receipt: { channel: 'C1', ts }, says: statusNames.lapsed })),
    );
  });

  test('written by two jobs at once end with the newer word, whoever was slower', async () => {
    const requestId = await bench.request('awaiting_approval');
    await bench.card(requestId);
    bench.meanwhile = async () => {
      bench.meanwhile = async () => {};
      await db().update(requests).set({ status: 'lapsed' });
      await updateCards(requestId, 'slack', bench.outlets());
    };
    await updateCards(requestId, 'slack', bench.outlets());
    expect(bench.updated.at(-1)?.says).toBe(statusNames.lapsed);
    expect(bench.updated.length).toBeGreaterThan(1);
  });

  test('that somebody met as stale are written again, though they were made to say the same', async () => {
    const requestId = await bench.request('awaiting_approval');
    await bench.card(requestId);
    await updateCards(requestId, 'slack', bench.outlets());
    await freshenCards(requestId);
    await bench.works();
    expect(bench.updated).toHaveLength(2);
  });

  /** The so-manieth card that is written fails, once; answers how many were asked for. */
  function failsAt(nth: number, fault: NotifyFault): () => number {
    let asked = 0;
    bench.meanwhile = async () => {
      asked++;
      bench.fault = asked === nth ? fault : null;
    };
    return () => asked;
  }
});

test('a delivery that is not there is nothing to do', async () => {
  await deliver(asJob('deliver', 'trace'), randomUUID(), bench.outlets());
  expect(bench.sent).toEqual([]);
});
