import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import { ticketFaults } from '#db/schema/tickets.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { fakeAzure } from '#lib/azure/fake.ts';
import { openBench } from '#lib/operations/testing.ts';
import { ticketBench } from './bench.ts';
import { takeDueTickets } from './take-due-tickets.ts';

const { ada, bo } = people;
const at = ticketBench(() => openBench((now) => fakeAzure({ now }), fakeToken), [ada, bo], roles.staging);

describe('comments', () => {
  test('say in the ticket that access began and ended, each once', async () => {
    await at.add({ comments: true });
    at.desk.has('INC1');
    const id = await at.filed();
    await at.bench.deliver();
    await at.bench.looks();
    expect(await at.bench.status(id)).toBe('active');
    await takeDueTickets(randomUUID);
    await takeDueTickets(randomUUID);
    await at.bench.deliverAtOnce(3);
    expect(at.desk.comments).toHaveLength(1);
    expect(at.desk.comments[0]).toMatch(
      /^INC1: Access began: Contributor on .* for Ada Lind until .* UTC\. \[stint /,
    );
    await at.bench.pass(61);
    await at.round();
    expect(at.desk.comments).toHaveLength(2);
    expect(at.desk.comments[1]).toContain('Access ended after 1 h, its time was over');
    expect((await at.checkOf(id))?.tells).toBe(false);
    expect((await at.bench.actions(id)).filter((action) => action === 'ticket_commented')).toHaveLength(2);
  });

  test('never tell the ticket what the person typed', async () => {
    await at.add({ comments: true });
    at.desk.has('INC1');
    await at.filed('INC1', { justification: '[code]<b>secret</b>[/code]' });
    await at.bench.deliver();
    await at.bench.looks();
    await at.round();
    expect(at.desk.comments.join()).not.toContain('secret');
  });

  test('are tried again when the system is away, told to administrators, and written once', async () => {
    await at.add({ comments: true });
    at.desk.has('INC1');
    await at.filed();
    await at.bench.deliver();
    await at.bench.looks();
    at.desk.away = true;
    expect(await at.round()).toHaveLength(1);
    expect(await db().$count(ticketFaults)).toBe(1);
    at.desk.away = false;
    expect(await at.bench.deliver()).toEqual([]);
    expect(at.desk.comments).toHaveLength(1);
  });

  test('whose answer was lost are not written again', async () => {
    await at.add({ comments: true });
    at.desk.has('INC1');
    const id = await at.filed();
    await at.bench.deliver();
    await at.bench.looks();
    at.desk.losesAnswers = true;
    expect(await at.round()).toHaveLength(1);
    at.desk.losesAnswers = false;
    expect(await at.bench.deliver()).toEqual([]);
    expect(at.desk.comments).toHaveLength(1);
    expect((await at.bench.actions(id)).filter((action) => action === 'ticket_commented')).toHaveLength(1);
  });

  test('are none for a request that came to nothing', async () => {
    await at.add({ comments: true });
    at.desk.has('INC1');
    const id = await at.filed();
    await db().update(requests).set({ status: 'denied' }).where(eq(requests.id, id));
    await at.round();
    expect(at.desk.comments).toEqual([]);
    expect((await at.checkOf(id))?.tells).toBe(false);
  });
});
