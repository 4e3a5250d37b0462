import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { db, type Reader } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { criticalAmong } from '#db/critical-among.ts';
import { heldThere } from '#db/held-there.ts';
import { pastAsks } from '#db/past-asks.ts';
import { requestApprovals, signatures, stageApprovers } from '#db/schema/approvals.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import { people } from '#db/schema/people.ts';
import { requestApprovers, requests } from '#db/schema/requests.ts';
import { ticketChecks } from '#db/schema/tickets.ts';
import { scopePaths } from '#db/scope-paths.ts';
import { settingOf } from '#db/settings.ts';
import { addsWords, roleActions } from '#lib/domain/adds-words.ts';
import { type CardStanding, type ChatCard, type PortalOnly, portalOnly } from '#lib/domain/chat-card.ts';
import { wordsOf } from '#lib/domain/letter-words.ts';
import { planeNames } from '#lib/domain/plane.ts';
import { isWanted } from '#lib/domain/proof.ts';
import { riskNames } from '#lib/domain/request-risk.ts';
import { dangersOf } from '#lib/domain/risk.ts';
import { riskOfAsk } from '#lib/domain/risk-of-ask.ts';
import { inWords } from '#lib/domain/time.ts';
import { standingOf } from '#lib/operations/letters/standing-of.ts';

type Request = typeof requests.$inferSelect;
const mostDangers = 4;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A request as a chat shows it to this person now; null: it is not theirs to see there. */
export async function cardOf(from: Reader, personId: string, requestId: string): Promise<ChatCard | null> {
  const found = await load(from, requestId);
  if (!found) return null;
  const { request } = found;
  const standing = await cardStanding(from, personId, found);
  if (!standing) return null;
  const { roleName, scopeName, requesterName } = request;
  const facts = { roleName, scopeName, requesterName };
  const { subject, path } = wordsOf({ kind: 'asked_to_sign', facts, requestId });
  return {
    ...{ requestId, title: subject, says: [], standing, path, button: 'See the request' },
    facts: factsOf(found, await addsOf(from, found)),
    reason: request.justification || null,
    risks: await risksOf(from, found),
  };
}

/** The same for a door. What is no id is nobody's. */
export async function chatCard(personId: string, requestId: string): Promise<ChatCard | null> {
  return guid.test(requestId) ? cardOf(db(), personId, requestId) : null;
}

/** Ids of the requests in whose stage this person is named and has not signed, the soonest to lapse first. */
export async function waitingFor(from: Reader, personId: string): Promise<string[]> {
  const own = from
    .select({ id: signatures.requestId })
    .from(signatures)
    .where(and(eq(signatures.approverId, personId), inArray(signatures.state, ['intended', 'recorded'])));
  const rows = await from
    .select({ id: requests.id })
    .from(stageApprovers)
    .innerJoin(requestApprovals, eq(requestApprovals.requestId, stageApprovers.requestId))
    .innerJoin(requests, eq(requests.id, stageApprovers.requestId))
    .where(
      and(
        eq(stageApprovers.approverId, personId),
        eq(stageApprovers.stage, requestApprovals.stage),
        eq(requests.status, 'awaiting_signatures'),
        ne(requests.requesterId, personId),
        sql`${requests.id} not in (${own})`,
      ),
    )
    .orderBy(requestApprovals.lapsesAt)
    .limit(50);
  return rows.map(({ id }) => id);
}

/** Why a decision on this request is for the portal; null: it may be signed in a chat. */
export async function portalReason(from: Reader, request: Request): Promise<PortalOnly | null> {
  if (request.status === 'awaiting_approval') return 'pim';
  const isCritical = (await criticalAmong(from, [request]))(request);
  if (isCritical) return 'critical';
  const { decisions } = await settingOf(from, 'step_up');
  return isWanted(decisions, isCritical) ? 'fresh' : null;
}

type Found = NonNullable<Awaited<ReturnType<typeof load>>>;

async function load(from: Reader, requestId: string) {
  const [row] = await from
    .select({
      request: requests,
      person: people,
      definition: mirrorRoles.definition,
      ticket: ticketChecks,
      approval: requestApprovals,
    })
    .from(requests)
    .leftJoin(people, eq(people.objectId, requests.requesterId))
    .leftJoin(requestApprovals, eq(requestApprovals.requestId, requests.id))
    .leftJoin(ticketChecks, eq(ticketChecks.requestId, requests.id))
    .leftJoin(
      mirrorRoles,
      and(eq(mirrorRoles.plane, requests.plane), eq(mirrorRoles.roleId, requests.roleId)),
    )
    .where(eq(requests.id, requestId));
  return row ?? null;
}

function factsOf({ request, ticket, approval }: Found, adds: string): ChatCard['facts'] {
  const { plane, scopeName, minutes, wantedStartAt, ticketNumber } = request;
  const then = approval?.rule.then;
  const stages = then?.is === 'stages' ? then.stages : [];
  const stage = approval && stages[approval.stage];
  const facts = [
    { name: 'Scope', text: `${planeNames[plane]}, ${scopeName}` },
    { name: 'Adds', text: adds },
    { name: 'Length', text: inWords(minutes) },
    {
      name: 'Start',
      text: wantedStartAt && `${wantedStartAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    },
    {
      name: 'Ticket',
      text: [ticketNumber || 'none', ticket?.title, ticket?.state].filter(Boolean).join(', '),
    },
    { name: 'Stage', text: stage && approval && `${stage.name}, ${approval.stage + 1} of ${stages.length}` },
  ];
  return facts.flatMap(({ name, text }) => (text ? [{ name, text }] : []));
}

/** What deserves a second look, by the very facts the page judges by; the dangerous of it by name. */
async function risksOf(from: Reader, { request, person, definition }: Found): Promise<string[]> {
  const past = (await pastAsks(from, [request.id]))(request.id);
  const isGuest = person?.kind === 'guest';
  const risk = riskOfAsk(request, { definition, isGuest, past, now: await clock(from) });
  const dangers = definition ? dangersOf(definition).map(({ what }) => what) : [];
  const more = dangers.length > mostDangers ? [`and ${dangers.length - mostDangers} more`] : [];
  const named = [...dangers.slice(0, mostDangers), ...more];
  const found = [...risk.reasons, ...named];
  return found.length > 0 ? [riskNames[risk.level], ...found] : [];
}

/** What it adds to what the person has there. */
async function addsOf(from: Reader, { request, definition }: Found): Promise<string> {
  const { id, plane } = request;
  const places = (await scopePaths(from, [request]))(id).map((level) => level.id);
  const holds = (await heldThere(from, [{ ...request, places }]))(id);
  return addsWords({ plane, role: definition && roleActions(definition), holds });
}

async function cardStanding(
  from: Reader,
  personId: string,
  { request, approval }: Found,
): Promise<CardStanding | null> {
  const { id, status, requesterId } = request;
  const named = await from
    .select({ stage: stageApprovers.stage })
    .from(stageApprovers)
    .where(and(eq(stageApprovers.requestId, id), eq(stageApprovers.approverId, personId)));
  const byPim = await from
    .select({ id: requestApprovers.approverId })
    .from(requestApprovers)
    .where(and(eq(requestApprovers.requestId, id), eq(requestApprovers.approverId, personId)));
  if (requesterId === personId) return { is: 'news' };
  if (named.length === 0 && byPim.length === 0) return null;
  const says = (await standingOf(from, id))?.says ?? '';
  const [own] = await from
    .select({ approve: signatures.approve, state: signatures.state })
    .from(signatures)
    .where(
      and(
        eq(signatures.requestId, id),
        eq(signatures.approverId, personId),
        inArray(signatures.state, ['intended', 'recorded']),
      ),
    );
  if (own) {
    const signed = own.approve ? 'You approved this' : 'You denied this';
    return {
      is: 'over',
      says: own.state === 'intended' ? `${signed}; it is being looked at.` : `${signed}. ${says}`,
    };
  }
  const isTheirs =
    status === 'awaiting_signatures'
      ? named.some(({ stage }) => stage === approval?.stage)
      : byPim.length > 0;
  const isOpen = status === 'awaiting_signatures' || status === 'awaiting_approval';
  if (!isOpen || !isTheirs) return { is: 'over', says };
  const why = await portalReason(from, request);
  if (why || !approval) return { is: 'portal', why: portalOnly[why ?? 'pim'] };
  return { is: 'open', stage: approval.stage + 1 };
}
