/** For tests of access that ends with its ticket: an Applier before the tenant in memory, an administrator, and the rounds. Called once at the top of a test file. */
import { randomUUID } from 'node:crypto';
import { asc, eq, sql } from 'drizzle-orm';
import { beforeEach, expect } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { heartbeats } from '#db/schema/clock.ts';
import { inventoryRuns } from '#db/schema/inventory.ts';
import { letters } from '#db/schema/letters.ts';
import { sessions } from '#db/schema/people.ts';
import { accessChanges, applierSwitches } from '#db/schema/reviews.ts';
import { ticketHolds } from '#db/schema/tickets.ts';
import type { ApplierPort, AzurePorts, ProofPort, Told } from '#lib/azure/ports.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import { planes } from '#lib/domain/plane.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { apply } from '#lib/operations/apply/apply.ts';
import { prove } from '#lib/operations/apply/prove.ts';
import { takeDueChanges } from '#lib/operations/apply/take-due-changes.ts';
import { asJob } from '#lib/operations/context.ts';
import type { Person } from '#lib/operations/testing.ts';
import type { ticketBench } from './bench.ts';
import { takeDueHolds } from './take-due-holds.ts';
import { takeDueTickets } from './take-due-tickets.ts';

/** `tokenOf`: a token of the person with this id, by which the Applier does what it is told. */
export function endsBench<Azure extends AzurePorts>(
  at: ReturnType<typeof ticketBench<Azure>>,
  tokenOf: (personId: string) => string,
) {
  let told: string[] = [];
  /** What Azure says in the place of ending it. */
  let instead: (() => Promise<Told>) | null = null;
  beforeEach(async () => {
    told = [];
    instead = null;
    await empty(`access_changes applier_switches heartbeats inventory_runs inventory_parts sessions letters`);
    const now = new Date();
    await db()
      .insert(sessions)
      .values({
        ...{ id: randomUUID(), secretHash: randomUUID(), objectId: 'mira', tenantId: 't', name: 'mira' },
        ...{ upn: 'mira', roles: ['Stint.Administrator'], createdAt: now, lastSeenAt: now },
        expiresAt: plusMinutes(now, 600),
      });
    await db().insert(heartbeats).values({ name: 'applier', beatAt: sql`now()` });
    await db()
      .insert(inventoryRuns)
      .values({ id: randomUUID(), startedAt: now, finishedAt: now, goneOnAt: now });
  });

  const applier: ApplierPort = {
    clientId: async () => 'app-applier',
    act: async (_, { changeId: requestId, kept }) => {
      if (instead) return instead();
      told.push(kept.principalId);
      const { plane, principalId } = kept;
      if (!(await at.bench.azure.reader.activated(kept, principalId))) return { is: 'gone' };
      const of = { ...kept, requestId, attempt: 1, eligibilityId: '' };
      await at.bench.azure.person[plane].deactivate(tokenOf(principalId), of);
      return { is: 'told', facts: {} };
    },
  };
  const proof: ProofPort = {
    shows: async (of) => (await at.bench.azure.reader.activated(of, of.principalId)) !== null,
    assigned: async () => null,
    ...{ isMember: async () => false, isWithin: async () => false, assigning: async () => null },
  };

  const bench = {
    /** Whose access the Applier told Azure to take. */
    get told() {
      return told;
    },

    answers(answer: () => Promise<Told>) {
      instead = answer;
    },

    async switchesOn() {
      const by = { switchedById: 'mira', switchedByName: 'mira', switchedAt: new Date() };
      for (const plane of planes)
        await db()
          .insert(applierSwitches)
          .values({ plane, scopeId: '/', ...by });
    },

    async holds(person: Person, role: RoleAtScope, number: string): Promise<string> {
      const answer = await at.submits(person, role, number);
      if (!answer?.requestId) throw answer?.refusal ?? new Error('no answer');
      await at.bench.deliver();
      await at.bench.looks();
      expect(await at.bench.status(answer.requestId)).toBe('active');
      return answer.requestId;
    },

    /** Minutes with every round in them, but for the Applier's: five at a time, and what is left one by one. */
    async pass(minutes: number) {
      const steps = [...Array(Math.floor(minutes / 5)).fill(5), ...Array(minutes % 5).fill(1)];
      for (const step of steps) {
        await at.bench.advance(step);
        await takeDueHolds(randomUUID);
        await takeDueTickets(randomUUID);
        await at.bench.looks();
      }
    },

    /** What the Applier and who proves it have to do, once. */
    async applies() {
      await takeDueChanges(asJob('due changes', randomUUID()), [], randomUUID);
      await at.bench.fetchJobs();
      for (const job of at.bench.waiting.splice(0)) {
        const ctx = asJob(job.name, randomUUID());
        if (job.name === 'apply') await apply(ctx, job.data, applier, []);
        else if (job.name === 'prove') await prove(ctx, job.data, proof);
        else await at.bench.run(job);
      }
    },

    holdsOf: (requestId: string) =>
      db().select().from(ticketHolds).where(eq(ticketHolds.requestId, requestId)),
    /** Oldest first. */
    changes: () => db().select().from(accessChanges).orderBy(asc(accessChanges.askedAt)),
    actions: async (id: string) =>
      (await at.bench.actions(id)).filter((action) =>
        /ticket_(closed|reopened|end|not_ended)|need|^end/.test(action),
      ),
    letters: async (kind: 'ticket_closed' | 'ticket_not_ended' = 'ticket_closed') =>
      (await db().select().from(letters).where(eq(letters.kind, kind)))
        .map(({ personId, facts }) => `${personId} ${facts.text ?? (facts.isEnding ? 'ends' : 'by hand')}`)
        .toSorted(),
  };
  return bench;
}
