import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { clock } from '#db/clock.ts';
import { ticketSystems } from '#db/schema/tickets.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { faultOfPattern } from '#lib/domain/ticket-pattern.ts';
import { credentialName, isAsked, type TicketSystem, ticketKindFacts } from '#lib/domain/ticket-system.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/** What an administrator may set; which credential goes with it follows from the name. */
export type SystemFacts = Omit<TicketSystem, 'id'>;

/**
 * Sets a ticket system up (`id` null), or changes one over the version that was before the administrator's eyes.
 * Answers its id.
 * @throws Refusal `not_found` for who does not administer Stint; `malformed` with the field that cannot be used;
 * `conflict` when somebody saved since, or when another has a name like it.
 */
export async function saveSystem(
  ctx: PersonContext,
  { id, version, facts }: { id: string | null; version: number; facts: SystemFacts },
): Promise<string> {
  return change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      requireUsable(facts);
      // One at a time: two that are added at once would not see each other's name.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('ticket systems'))`);
      const all = await tx.select().from(ticketSystems).for('update');
      const before = all.find((one) => one.id === id) ?? null;
      if (id && !before) throw new Refusal('not_found');
      // Names that differ in nothing a variable's name shows would share a credential.
      const twin = all.find(
        (one) => one.id !== id && credentialName(one.name) === credentialName(facts.name),
      );
      if (twin) throw new Refusal('malformed', `${twin.name} is there already. Choose another name.`, 'name');
      return { before, now: await clock(tx) };
    },
    async (tx, { before, now }) => {
      const by = { changedAt: now, changedByName: ctx.actor.name, changedById: ctx.actor.objectId };
      const saved = before
        ? await tx
            .update(ticketSystems)
            .set({ ...facts, ...by, version: sql`${ticketSystems.version} + 1` })
            .where(and(eq(ticketSystems.id, before.id), eq(ticketSystems.version, version)))
            .returning()
        : await tx
            .insert(ticketSystems)
            .values({ ...facts, ...by, id: randomUUID(), enabled: true })
            .onConflictDoNothing()
            .returning();
      const [row] = saved;
      if (!row) throw new Refusal('conflict');
      const action = before ? 'ticket_system.changed' : 'ticket_system.added';
      const details = { before: before && factsOf(before), after: facts };
      return {
        value: row.id,
        entries: [{ action, subject: { kind: 'ticket_system', id: row.id }, details }],
      };
    },
  );
}

function factsOf(row: typeof ticketSystems.$inferSelect): SystemFacts {
  const { name, kind, baseUrl, project, patterns, closedStates, template, rules } = row;
  return { name, kind, baseUrl, project, patterns, closedStates, template, rules };
}

function requireUsable({ name, kind, baseUrl, project, patterns, template, rules }: SystemFacts): void {
  const no = (field: string, why: string) => new Refusal('malformed', why, field);
  if (!/^[\p{L}\d][\p{L}\d ._-]{0,39}$/u.test(name) || credentialName(name) === '')
    throw no('name', 'Give it a name of letters and digits, 40 at most.');
  const [unfit] = patterns.flatMap((pattern) => faultOfPattern(pattern) ?? []);
  if (unfit) throw no('patterns', unfit);
  if (rules.endsWhenClosed && !(isAsked(kind) && rules.mustBeOpen))
    throw no('endsWhenClosed', 'Only a ticket that has to be open can end the access when it closes.');
  if (patterns.length === 0) throw no('patterns', 'Say how its numbers look, such as INC{n}.');
  const known = ticketKindFacts[kind];
  if (known.address !== '' && !isAddress(baseUrl))
    throw no('baseUrl', `Write its address without a query, such as ${known.address}.`);
  if (known.project && !/^[\w. -]+(\/[\w.-]+)?$/.test(project))
    throw no('project', `Write it as ${known.project}.`);
  if (kind === 'github' && !project.includes('/')) throw no('project', 'Write it as owner/repository.');
  if (kind !== 'http') return;
  if (!template?.path.startsWith('/') || !template.path.includes('{ticket}'))
    throw no('path', 'Begin it with / and put {ticket} where the number goes.');
  if (template.state === '') throw no('state', 'Say where in the answer the state is.');
}

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === '');
}
