/** For tests of the Applier's operations: a database with a small tenant in it, and an Azure that does as told. */
import { randomUUID } from 'node:crypto';
import { asc, eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { setClockOffset } from '#db/clock.ts';
import { empty } from '#db/empty.ts';
import { startQueue } from '#db/queue.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { heartbeats } from '#db/schema/clock.ts';
import { assignments, inventoryRuns, memberships, principals } from '#db/schema/inventory.ts';
import { accessChanges, applierSwitches } from '#db/schema/reviews.ts';
import { testDatabase, testTenant } from '#db/testing.ts';
import type { Act, ApplierPort, ApplierStep, ProofPort, Told } from '#lib/azure/ports.ts';
import type { AssignmentKept } from '#lib/domain/access-change.ts';
import type { AppRole } from '#lib/domain/actor.ts';
import type { AssigningRules } from '#lib/domain/assigning.ts';
import { asJob, asPerson } from '#lib/operations/context.ts';
import { apply } from './apply.ts';
import { type ChangeRecord, loadChange } from './move-change.ts';
import { prove } from './prove.ts';
import { takeDueChanges } from './take-due-changes.ts';

const reading = '00000000-0000-4000-8000-000000000001';

/** The end that whatever is made time-bound is given. */
export const endOfTheTimeBound = '2030-01-01T00:00:00.000Z';

/** What stands in the tenant, as `who|role|scope|eligible`; what is assigned with an end, as `…|ends` besides. */
export class SmallTenant implements ApplierPort, ProofPort {
  readonly there = new Set<string>();
  readonly acts: [ApplierStep, Act][] = [];
  answer: ((step: ApplierStep, act: Act) => Told | null | Promise<Told | null>) | null = null;
  rules: AssigningRules | null = null;

  clientId = async () => 'app-applier';
  shows: ProofPort['shows'] = async ({ principalId, roleId, scopeId }, as) => {
    return this.there.has(key(principalId, roleId, scopeId, as));
  };
  assigned: ProofPort['assigned'] = async ({ principalId, roleId, scopeId }) => {
    const has = (what: string) => this.there.has(key(principalId, roleId, scopeId, what));
    return has('assigned') ? { endsAt: has('ends') ? new Date(endOfTheTimeBound) : null } : null;
  };
  isMember: ProofPort['isMember'] = async (groupId, memberId) =>
    this.there.has(key(memberId, 'member', groupId, 'assigned'));
  isWithin: ProofPort['isWithin'] = async (groupId, memberId) => this.leadsTo(groupId, memberId);
  assigning: ProofPort['assigning'] = async () => this.rules;

  private leadsTo(groupId: string, memberId: string): boolean {
    return [...this.there].some((one) => {
      const [who = '', role, group] = one.split('|');
      return role === 'member' && group === groupId && (who === memberId || this.leadsTo(who, memberId));
    });
  }

  async act(step: ApplierStep, act: Act): Promise<Told> {
    this.acts.push([step, act]);
    const said = await this.answer?.(step, act);
    if (said) return said;
    const { kept, memberId, wayGroupId } = act;
    const as = kept.kind === 'eligible' ? 'eligible' : 'assigned';
    const own = key(kept.principalId, kept.roleId, kept.scopeId, as);
    const membership = key(memberId, 'member', wayGroupId ?? '', 'assigned');
    if (step === 'remove') return this.there.delete(own) ? { is: 'told', facts: {} } : { is: 'gone' };
    if (step === 'ways') {
      return this.there.has(membership) ? { is: 'told', facts: { left_plain: 'for good' } } : { is: 'gone' };
    }
    if (step === 'leave') return this.there.delete(membership) ? { is: 'told', facts: {} } : { is: 'gone' };
    const ends = key(kept.principalId, kept.roleId, kept.scopeId, 'ends');
    if (step === 'make_time_bound') {
      if (!this.there.has(own)) return { is: 'gone' };
      this.there.add(ends);
      return { is: 'told', facts: { ends_at: endOfTheTimeBound } };
    }
    if (step === 'restore') this.there.delete(ends);
    if (step === 'make_eligible')
      this.there.add(key(kept.principalId, kept.roleId, kept.scopeId, 'eligible'));
    else this.there.add(step === 'rejoin' ? membership : own);
    return { is: 'told', facts: {} };
  }
}

const key = (...parts: string[]) => parts.join('|').toLowerCase();

export async function applierBench() {
  const opened = await testDatabase();
  const boss = await startQueue(false, () => {});
  let azure = new SmallTenant();
  let offset = 0;

  const bench = {
    get azure() {
      return azure;
    },

    as: (id: string, ...roles: AppRole[]) =>
      asPerson(
        { tenantId: testTenant, objectId: id, name: id, upn: `${id}@contoso.example`, roles },
        randomUUID(),
      ),

    /** Empty tables, an Applier that is there and switched on everywhere, a clock at the machine's time. */
    async reset() {
      azure = new SmallTenant();
      offset = 0;
      await setClockOffset(db(), 0);
      await empty(`inventory_runs inventory_parts memberships access_changes applier_switches assignments
        principals effective_members break_glass_accounts mirror_policies scope_tree heartbeats`);
      await bench.drain();
      await bench.wasRead(reading);
      await db().insert(heartbeats).values({ name: 'applier', beatAt: sql`now()` });
      const by = { switchedById: 'mira', switchedByName: 'mira', switchedAt: new Date() };
      for (const plane of ['entra', 'azure', 'group'] as const) {
        await db()
          .insert(applierSwitches)
          .values({ plane, scopeId: '/', ...by });
      }
    },

    /** A reading of the tenant that began and ended now; `assessed`: what it means is known too. */
    async wasRead(id: string = randomUUID(), assessed = true) {
      const privilege = assessed ? { standing: 0, onRequest: 0 } : null;
      const now = sql`stint_now()`;
      await db()
        .insert(inventoryRuns)
        .values({ id, startedAt: now, finishedAt: now, goneOnAt: now, privilege });
      for (const table of [principals, assignments, memberships])
        await db().update(table).set({ seenIn: id });
    },

    async drain() {
      for (const name of ['apply', 'prove'] as const) {
        const jobs = await boss.fetch(name, { batchSize: 500 });
        for (const { id } of jobs) await boss.complete(name, id);
      }
    },

    async advance(minutes: number) {
      offset += minutes * 60;
      await setClockOffset(db(), offset);
    },

    async principal(id: string, more: Partial<typeof principals.$inferInsert> = {}) {
      await db()
        .insert(principals)
        .values({
          ...{ id, kind: 'member', name: id, enabled: true, list: 'users', seenIn: reading },
          firstSeenAt: sql`now()`,
          ...more,
        })
        .onConflictDoNothing();
    },

    /** An assignment in the inventory and in the tenant. */
    async stands(principalId: string, more: Partial<AssignmentKept> = {}): Promise<AssignmentKept> {
      await bench.principal(principalId);
      const kept: AssignmentKept = {
        ...{ plane: 'entra', roleId: 'role', scopeId: '/', kind: 'standing', principalKind: 'member' },
        ...{ roleName: 'Role', scopeName: 'Directory', scopeKind: 'directory', principalId },
        ...{ principalName: principalId, condition: null, conditionVersion: null },
        ...{ startsAt: null, endsAt: null, scheduleId: null },
        ...{ assignmentId: randomUUID(), azureId: randomUUID() },
        ...more,
      };
      const { assignmentId, principalKind: _, principalName: __, startsAt: ___, endsAt, ...row } = kept;
      await db()
        .insert(assignments)
        .values({
          ...{ ...row, id: assignmentId, list: 'entra_active', place: kept.scopeId, seenIn: reading },
          ...{ firstSeenAt: sql`now()`, endsAt: endsAt ? new Date(endsAt) : null },
        });
      const as = kept.kind === 'eligible' ? 'eligible' : 'assigned';
      azure.there.add(key(principalId, kept.roleId, kept.scopeId, as));
      return kept;
    },

    async asks(kept: AssignmentKept, more: Partial<typeof accessChanges.$inferInsert> = {}): Promise<string> {
      const id = randomUUID();
      const { plane, principalId, scopeId } = kept;
      await db()
        .insert(accessChanges)
        .values({
          ...{ id, verb: 'remove', way: 'assignment', state: 'waiting', kept, plane, principalId, scopeId },
          ...{ askedById: 'rhea', askedByName: 'rhea', askedAt: sql`stint_now()` },
          ...more,
        });
      return id;
    },

    async change(id: string): Promise<ChangeRecord> {
      const row = await loadChange(db(), id);
      if (!row) throw new Error(`no change ${id}`);
      return row;
    },

    async applies(id: string, stints: string[] = []) {
      const { version } = await bench.change(id);
      await apply(asJob('apply', randomUUID()), { changeId: id, version }, azure, stints);
    },

    async proves(id: string) {
      const { version } = await bench.change(id);
      await prove(asJob('prove', randomUUID()), { changeId: id, version }, azure);
    },

    /** What is due, by whom it is due, until nothing moves for a while of Stint's time. */
    async runs(minutes = 1) {
      for (let passed = 0; passed < minutes * 12; passed++) {
        await takeDueChanges(asJob('round', randomUUID()), ['app-reader'], randomUUID);
        for (const name of ['apply', 'prove'] as const) {
          const jobs = await boss.fetch<{ changeId: string; version: number }>(name, { batchSize: 500 });
          for (const { data, id } of jobs) {
            await boss.complete(name, id);
            if (name === 'apply') await apply(asJob(name, randomUUID()), data, azure, []);
            else await prove(asJob(name, randomUUID()), data, azure);
          }
        }
        await bench.advance(5 / 60);
      }
    },

    async actions(id: string): Promise<string[]> {
      const rows = await db()
        .select()
        .from(auditEntries)
        .where(eq(auditEntries.subjectId, id))
        .orderBy(asc(auditEntries.seq));
      return rows.map(({ action }) => action.replace('access_change.', ''));
    },

    async close() {
      await boss.stop({ graceful: false });
      await opened.close();
    },
  };
  return bench;
}
