import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { fakeAzure } from '#lib/azure/fake.ts';
import { contextClaims } from '#lib/domain/challenge.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { answerChallenge } from '#lib/operations/requests/answer-challenge.ts';
import { resume } from '#lib/operations/requests/resume.ts';
import { openBench } from '#lib/operations/testing.ts';
import { ticketBench } from './bench.ts';
import { switchSystem } from './switch-system.ts';
import { takeDueTickets } from './take-due-tickets.ts';

const { ada, bo } = people;
const at = ticketBench(() => openBench((now) => fakeAzure({ now }), fakeToken), [ada, bo], roles.staging);

describe('afterwards', () => {
  test('a ticket closed before the start is marked when it starts, and so said; opened again, no more', async () => {
    await at.add();
    at.desk.has('INC1');
    const id = await at.filed('INC1', { startsAt: plusMinutes(at.bench.now(), 60) });
    await at.bench.deliver();
    at.desk.has('INC1', { open: false, state: 'Closed' });
    await at.bench.advance(30);
    await at.round();
    expect((await at.checkOf(id))?.verdict).toBe('good');
    await at.bench.advance(31);
    await at.round();
    expect(await at.checkOf(id)).toMatchObject({
      verdict: 'broken',
      state: 'Closed',
      note: expect.stringContaining('Closed'),
    });
    at.desk.has('INC1');
    await at.bench.advance(61);
    await at.round();
    expect(await at.checkOf(id)).toMatchObject({ verdict: 'good', note: null });
    expect((await at.bench.actions(id)).filter((action) => action.startsWith('ticket'))).toEqual([
      'ticket_checked',
      'ticket_broken',
      'ticket_good',
    ]);
  });

  test('a ticket nobody answered for is judged whole once its system answers', async () => {
    await at.add({ mustBeAssigned: true });
    at.desk.away = true;
    const id = await at.filed();
    at.desk.away = false;
    at.desk.has('INC1', { assignees: ['bo@contoso.example'], assignedTo: 'Bo' });
    await at.bench.advance(2);
    await at.round();
    expect(await at.checkOf(id)).toMatchObject({
      verdict: 'broken',
      note: expect.stringContaining('assigned to Bo'),
    });
  });

  test('a ticket that is not there any more is no reason to keep the access quiet: it is marked', async () => {
    await at.add();
    at.desk.has('INC1');
    const id = await at.filed();
    at.desk.tickets.delete('INC1');
    await at.bench.advance(6);
    await at.round();
    expect(await at.checkOf(id)).toMatchObject({
      verdict: 'broken',
      note: expect.stringContaining('knows no ticket INC1'),
    });
    expect((await at.bench.actions(id)).filter((action) => action === 'ticket_broken')).toHaveLength(1);
    at.desk.has('INC1');
    await at.bench.advance(61);
    await at.round();
    expect(await at.checkOf(id)).toMatchObject({ verdict: 'good', note: null });
  });

  test('handed to somebody else it stays good, and where closing does not matter nothing is marked', async () => {
    await at.add({ mustBeAssigned: true, markWhenClosed: false });
    at.desk.has('INC1', { assignees: ['ada lind@contoso.example'] });
    const id = await at.filed();
    at.desk.has('INC1', { assignees: ['bo@contoso.example'], open: false, state: 'Closed' });
    await at.bench.advance(6);
    await at.round();
    expect(await at.checkOf(id)).toMatchObject({ verdict: 'good', state: 'Closed' });
  });

  test('looks at a quiet ticket grow rarer, and end with the request', async () => {
    await at.add();
    at.desk.has('INC1');
    const id = await at.filed();
    const minutes: number[] = [];
    for (let n = 0; n < 5; n++) {
      const due = (await at.checkOf(id))?.nextCheckAt ?? new Date();
      minutes.push(Math.round((due.getTime() - at.bench.now().getTime()) / 60_000));
      await at.bench.advance(minutes.at(-1) ?? 0);
      await at.round();
    }
    expect(minutes).toEqual([5, 5, 10, 20, 40]);
    await db().update(requests).set({ status: 'failed' }).where(eq(requests.id, id));
    await at.bench.advance(61);
    await at.round();
    expect((await at.checkOf(id))?.nextCheckAt).toBeNull();
  });

  test('a system switched off is asked nothing, and its tickets are watched again once it is on', async () => {
    await at.add();
    at.desk.has('INC1');
    const id = await at.filed();
    const systemId = (await at.system())?.id ?? '';
    await switchSystem(at.mira(), { systemId, on: false });
    at.desk.has('INC1', { open: false, state: 'Closed' });
    await at.bench.advance(6);
    await at.round();
    expect((await at.checkOf(id))?.verdict).toBe('good');
    await switchSystem(at.mira(), { systemId, on: true });
    await at.bench.advance(6);
    await at.round();
    expect((await at.checkOf(id))?.verdict).toBe('broken');
  });

  test('two looks at once put one change on record', async () => {
    await at.add();
    at.desk.has('INC1');
    const id = await at.filed();
    at.desk.has('INC1', { open: false, state: 'Closed' });
    await at.bench.advance(6);
    await takeDueTickets(randomUUID);
    await at.bench.deliverAtOnce(3);
    expect((await at.bench.actions(id)).filter((action) => action === 'ticket_broken')).toHaveLength(1);
  });
});

describe('a request that waits for its person, whose ticket is closed meanwhile', () => {
  const closes = async () => {
    at.desk.has('INC1', { open: false, state: 'Closed' });
    await at.bench.advance(6);
    await at.round();
  };

  test('does not go on by a click, until it is open again', async () => {
    await at.add();
    at.desk.has('INC1');
    const id = await at.filed();
    await at.bench.loseToken(id);
    await at.bench.deliver();
    expect(await at.bench.status(id)).toBe('needs_you');
    await closes();
    const resumes = () => resume(at.bench.as(ada), id, at.bench.seal(ada));
    await expect(resumes()).rejects.toMatchObject({
      code: 'ticket_closed',
      message: expect.stringContaining('Closed'),
    });
    expect(await at.bench.tokensOf(id)).toBe(0);
    at.desk.has('INC1');
    await at.bench.advance(61);
    await at.round();
    await resumes();
    expect(await at.bench.status(id)).toBe('filed');
  });

  test('does not go on by a stronger sign-in', async () => {
    await at.add();
    at.desk.has('INC1');
    const id = await at.filed('INC1', {}, roles.privilegedRole);
    expect(await at.bench.status(id)).toBe('needs_you');
    await closes();
    const answered = { audience: 'graph', claims: contextClaims('c1') } as const;
    await expect(answerChallenge(at.bench.as(ada), id, answered, at.bench.seal(ada))).rejects.toMatchObject({
      code: 'ticket_closed',
    });
    expect(await at.bench.status(id)).toBe('needs_you');
  });
});
