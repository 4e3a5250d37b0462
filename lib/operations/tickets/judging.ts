import { asc, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { criticalAmong } from '#db/critical-among.ts';
import { settings } from '#db/schema/settings.ts';
import { ticketChecks, ticketSystems } from '#db/schema/tickets.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import { planOf } from '#lib/domain/change-window.ts';
import { type PolicyFacts, unknownPolicy } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { defaultSettings, type Settings } from '#lib/domain/settings.ts';
import { judgeTicket, keptOf, type TicketCheck, type TicketKept } from '#lib/domain/ticket.ts';
import { isAsked, ticketKindFacts } from '#lib/domain/ticket-system.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import type { Told } from '#lib/operations/change.ts';
import { groupsOf } from './groups-of.ts';
import { isFresh } from './lately.ts';
import { systemOf } from './systems.ts';

type Role = RoleAtScope & RoleNames;

/** What a submit says about its ticket. `ticketCheck`: what its system said, asked before the transaction. */
interface Named {
  ticketNumber: string;
  startsAt: Date | null;
  ticketCheck?: TicketCheck | null | undefined;
}

/** How the ticket of one submit is judged, role by role, and kept with what is filed. */
export interface TicketJudge {
  /** PIM's rules with Stint's own: a critical role may have to name a ticket. */
  rulesOf(role: Role, policy: PolicyFacts | null): PolicyFacts | null;
  refusalOf(role: Role): Refusal | null;
  /** The ticket as its system told of it; null: no system has such numbers. */
  kept: TicketKept | null;
  keep(tx: Tx, requestId: string): Promise<Told[]>;
}

/** Minutes until a ticket is asked about again: soon where nobody answered. */
const lookAgain = { unreachable: 1, good: 5 } as const;

/**
 * Loads what a ticket is judged by. A check that is missing, old, or made by rules that were changed since counts as a
 * system that could not be asked: whoever forgets to ask gets what its policy says about that.
 */
export async function ticketJudge(
  tx: Tx,
  actor: Actor,
  { ticketNumber: number, startsAt, ticketCheck = null }: Named,
  roles: readonly Role[],
  now: Date,
): Promise<TicketJudge> {
  const { rules, systems } = await loaded(tx);
  const isCriticalRole = rules.forCritical ? await criticalAmong(tx, roles) : () => false;
  const system = number === '' ? null : systemOf(systems, number);
  const check = system && checkBy(system, number, ticketCheck, now);
  const mustKnow = number !== '' && !system && systems.length > 0 && rules.unknownNumbers === 'refuse';
  const groups = check?.system.rules.mustBeAssigned ? await groupsOf(tx, actor.objectId) : [];
  return {
    rulesOf: (role, policy) =>
      isCriticalRole(role) ? { ...(policy ?? unknownPolicy), ticket: true } : policy,
    refusalOf: (role) => {
      if (mustKnow) return new Refusal('ticket_unknown', undefined, 'ticketNumber');
      const ask = { upn: actor.upn, groups, startsAt: startsAt ?? now, scope: scopeOf(role) };
      const fault = check && judgeTicket(check, ask);
      return fault ? new Refusal(fault.code, fault.detail, 'ticketNumber') : null;
    },
    kept: check && keptOf(check),
    keep: async (within, requestId) => (check ? keepCheck(within, requestId, check, startsAt, now) : []),
  };
}

/** What its system said of the ticket that is named, by rules that hold now; null: no system takes the number. */
export async function checkOf(
  tx: Tx,
  { ticketNumber: number, ticketCheck = null }: Named,
  now: Date,
): Promise<TicketCheck | null> {
  const { systems } = await loaded(tx);
  const system = number === '' ? null : systemOf(systems, number);
  return system && checkBy(system, number, ticketCheck, now);
}

/** The whole directory is not about anything in particular. */
export function scopeOf({ scopeId, scopeName }: Pick<Role, 'scopeId' | 'scopeName'>) {
  return scopeId === '/' ? null : { id: scopeId, name: scopeName };
}

/** Systems and rules, in one round trip: many file at once. */
async function loaded(tx: Tx) {
  const rows = await tx
    .select({ rules: settings.value, system: ticketSystems })
    .from(sql`(values (true)) as always`)
    .leftJoin(settings, eq(settings.key, 'tickets'))
    .leftJoin(ticketSystems, eq(ticketSystems.enabled, true))
    .orderBy(asc(sql`lower(${ticketSystems.name})`));
  const saved = rows[0]?.rules as Partial<Settings['tickets']> | null | undefined;
  const rules: Settings['tickets'] = { ...defaultSettings.tickets, ...saved };
  return { rules, systems: rows.flatMap(({ system }) => system ?? []) };
}

function checkBy(
  system: typeof ticketSystems.$inferSelect,
  number: string,
  check: TicketCheck | null,
  now: Date,
): TicketCheck {
  const { id, name, kind, rules, version } = system;
  const isOfIt = check?.system.id === id && check.system.version === version && check.number === number;
  if (isOfIt && isFresh(check, now)) return check;
  const answer = { why: 'it was not asked in time.' };
  return { number, system: { id, name, kind, rules, version }, answer, checkedAt: now };
}

/** The ticket as it was, beside the request it is for. */
async function keepCheck(
  tx: Tx,
  requestId: string,
  check: TicketCheck,
  startsAt: Date | null,
  now: Date,
): Promise<Told[]> {
  const { system, checkedAt } = check;
  const { key, title, state, url, verdict, note } = keptOf(check);
  const asksAgain = isAsked(system.kind);
  const soon = plusMinutes(now, lookAgain[verdict === 'good' ? 'good' : 'unreachable']);
  // What begins later is looked at when it begins; what was not answered, soon.
  const nextCheckAt = startsAt && startsAt > soon && verdict === 'good' ? startsAt : soon;
  await tx.insert(ticketChecks).values({
    ...{ key, title, state, url, verdict, note, plan: planOf(check) },
    requestId,
    systemId: system.id,
    checkedAt,
    nextCheckAt: asksAgain ? nextCheckAt : null,
    tells: system.rules.comments && ticketKindFacts[system.kind].comments,
  });
  const details = { key, title, state, system: system.name, verdict, note };
  return [{ action: 'request.ticket_checked', subject: { kind: 'request', id: requestId }, details }];
}
