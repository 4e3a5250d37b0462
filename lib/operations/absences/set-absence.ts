import { randomUUID } from 'node:crypto';
import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { absences } from '#db/schema/approvals.ts';
import { type AbsenceForm, absenceOf } from '#lib/domain/absence.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { accountsOf } from '#lib/operations/approval-policy/accounts-of.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { personCalled } from '#lib/operations/person-called.ts';
import { decidesFor } from './decides-for.ts';
import { tellOfAbsence } from './tell-of-absence.ts';

export interface AbsenceAsk extends AbsenceForm {
  /** Whose it is, by user principal name or object id; null: one’s own. For another only an administrator. */
  person: string | null;
  /** Who signs meanwhile, called the same way; null: nobody. */
  deputy: string | null;
}

interface Person {
  id: string;
  name: string;
}

/**
 * Writes down that somebody is away, and who signs for them meanwhile. From when it begins, a round names the deputy for
 * what waits. Answers what should be known at once: that the deputy is away in that time too.
 * @throws Refusal `malformed` with the field; `away_already`; `not_found` for another’s without being administrator;
 * `own_access` for an administrator who would sign for another by it, or whose own request that one decides.
 */
export async function setAbsence(
  ctx: PersonContext,
  { person, deputy, ...form }: AbsenceAsk,
): Promise<{ id: string; deputyAwayUntil: Date | null }> {
  return change(
    ctx,
    async (tx) => {
      if (person !== null && !(ctx.administers && mayAdminister(ctx.actor))) throw new Refusal('not_found');
      const now = await clock(tx);
      const own = { id: ctx.actor.objectId, name: ctx.actor.name };
      const whose = person === null ? own : await personCalled(tx, person, 'person');
      const times = absenceOf(form, now);
      if ('faults' in times) {
        const [fault] = Object.entries(times.faults);
        throw new Refusal('malformed', fault?.[1], fault?.[0]);
      }
      const stand = deputy ? await deputyFor(tx, whose, deputy) : null;
      if (person !== null) await refuseOwnCase(tx, ctx, whose, stand);
      // One at a time: two that overlap would have two people sign in one place.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`absences ${whose.id}`}))`);
      if (await awayIn(tx, whose.id, times)) throw new Refusal('away_already');
      return { whose, stand, ...times, alsoAway: stand && (await awayIn(tx, stand.id, times)) };
    },
    async (tx, { whose, stand, startsAt, endsAt, alsoAway }) => {
      const id = randomUUID();
      await tx.insert(absences).values({
        ...{ id, personId: whose.id, personName: whose.name, startsAt, endsAt, note: form.note },
        ...{ deputyId: stand?.id ?? null, deputyName: stand?.name ?? null },
        ...{ setById: ctx.actor.objectId, setByName: ctx.actor.name },
      });
      await announce(tx, [whose.id, ...(stand ? [stand.id] : [])]);
      await tellOfAbsence(tx, ctx, 'absence_set', {
        ...{ id, startsAt, endsAt, personId: whose.id, deputyName: stand?.name ?? null },
      });
      const details = {
        absence: id,
        startsAt,
        endsAt,
        deputyId: stand?.id ?? null,
        deputyName: stand?.name ?? null,
      };
      return {
        value: { id, deputyAwayUntil: alsoAway?.endsAt ?? null },
        entries: [{ action: 'absence.set', subject: { kind: 'person', id: whose.id }, details }],
      };
    },
  );
}

async function deputyFor(tx: Tx, { id, name }: Person, text: string): Promise<Person> {
  const found = await personCalled(tx, text, 'deputy');
  if ((await accountsOf(tx, id)).includes(found.id))
    throw new Refusal('malformed', `Nobody stands in for themselves: that is ${name}.`, 'deputy');
  return found;
}

/** Nobody chooses who signs their own request, nor makes themselves who signs for another. */
async function refuseOwnCase(tx: Tx, { actor }: PersonContext, whose: Person, stand: Person | null) {
  const own = await accountsOf(tx, actor.objectId);
  if (own.includes(whose.id)) return;
  if (stand && own.includes(stand.id))
    throw new Refusal('own_access', `You would sign for ${whose.name}. Ask another administrator.`, 'deputy');
  if (await decidesFor(tx, own, whose.id))
    throw new Refusal(
      'own_access',
      `${whose.name} may sign a request of yours that waits. Ask another administrator.`,
      'person',
    );
}

/** An absence of theirs that overlaps; null: none does. */
async function awayIn(tx: Tx, personId: string, { startsAt, endsAt }: { startsAt: Date; endsAt: Date }) {
  const [found] = await tx
    .select({ endsAt: absences.endsAt })
    .from(absences)
    .where(
      and(
        eq(absences.personId, personId),
        isNull(absences.endedAt),
        lt(absences.startsAt, endsAt),
        gt(absences.endsAt, startsAt),
      ),
    )
    .limit(1);
  return found ?? null;
}
