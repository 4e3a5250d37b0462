/**
 * A whole engine in a process of its own, for tests that kill it: boots what the first argument names
 * (lib/boot.ts) and does for its parent what a browser would ask a portal for.
 */
import { randomUUID } from 'node:crypto';
import { flushCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { onChange } from '#db/changes.ts';
import { db } from '#db/client.ts';
import { armFailPoint } from '#db/fail-points.ts';
import { requestApprovals } from '#db/schema/approvals.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { actTokens, sessions } from '#db/schema/people.ts';
import { requestApprovers, requests } from '#db/schema/requests.ts';
import { settings } from '#db/schema/settings.ts';
import { differences, watchRuns } from '#db/schema/watch.ts';
import { sealForAct } from '#lib/auth/act-seal.ts';
import { finishSignIn } from '#lib/auth/finish-sign-in.ts';
import { refusalOf } from '#lib/auth/refusal-of.ts';
import { findSession } from '#lib/auth/session.ts';
import { beginSignIn } from '#lib/auth/sign-in.ts';
import { pickAccount } from '#lib/auth/testing.ts';
import { tokenFor } from '#lib/auth/tokens.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import type { Audience } from '#lib/domain/plane.ts';
import { jobsInHand } from '#lib/jobs/hold.ts';
import { decide } from '#lib/operations/approvals/decide.ts';
import { sign } from '#lib/operations/approvals/sign.ts';
import { asPerson, type SealedTokens } from '#lib/operations/context.ts';
import { recordExport } from '#lib/operations/export-history.ts';
import { askRefresh } from '#lib/operations/mirror/ask-refresh.ts';
import { openPlace } from '#lib/operations/places/open-place.ts';
import { importArchive } from '#lib/operations/posture/import-archive.ts';
import { activate } from '#lib/operations/requests/activate.ts';
import { cancel } from '#lib/operations/requests/cancel.ts';
import { end } from '#lib/operations/requests/end.ts';
import { extend } from '#lib/operations/requests/extend.ts';
import { start } from '#lib/operations/requests/start.ts';
import { askRevocation } from '#lib/operations/sessions/ask-revocation.ts';
import { changeVerbs } from './change-verbs.ts';
import { foundVerbs } from './found-verbs.ts';
import { letterVerbs } from './letter-verbs.ts';
import { missTheDead } from './miss-the-dead.ts';
import { readingVerbs } from './reading-verbs.ts';
import { refusalVerbs } from './refusal-verbs.ts';
import { reviewVerbs } from './review-verbs.ts';
import { stageVerbs } from './stage-verbs.ts';

/** Whoever holds the cookie's secret, with a token of each audience fetched while they are here. */
async function enter(secret: string) {
  const session = await findSession(secret, new Date(), randomUUID());
  if (!session) throw new Error('The session is not known any more.');
  const tokens: Record<Audience, string> = {
    graph: await tokenFor(session, 'graph'),
    arm: await tokenFor(session, 'arm'),
  };
  const seal: SealedTokens = (actId, audience) => sealForAct(actId, audience, tokens[audience]);
  return { ctx: asPerson(session.actor, randomUUID()), seal };
}

/** Loaded at once, so that a spare engine is up the moment it is needed. */
const loaded = import(pathToFileURL(resolve(process.argv[2] ?? '')).href);
// What is compiled is kept at the end of a process; one that is killed has none.
void loaded.then(() => flushCompileCache());

let heard = 0;
let bootedAt = new Date();

interface Health {
  status: 'ok' | 'failing';
  database: 'ok' | 'failing';
  jobs: 'ok' | 'failing';
}

const verbs = {
  ...changeVerbs,

  async boot() {
    const { boot } = await loaded;
    bootedAt = new Date();
    await boot('portal');
    // Nobody sits at a page here who could sign in once more.
    const never = { key: 'step_up', value: { decisions: 'never' } };
    const by = { changedAt: bootedAt, changedById: '', changedByName: '' };
    await db()
      .insert(settings)
      .values({ ...never, ...by })
      .onConflictDoNothing();
  },

  /** Whoever waits for an engine that died before this one began has waited long enough. */
  missTheDead: () => missTheDead(bootedAt),

  arm: async (point: string | null, signal?: 'SIGKILL' | 'SIGSTOP') => armFailPoint(point, signal),

  /** Listens as an open page does, from now on; `heard` counts what came. */
  async listen(secret: string) {
    const { ctx } = await enter(secret);
    await onChange((person) => {
      if (person === null || person === ctx.actor.objectId) heard++;
    });
  },
  heard: async () => heard,
  idle: async () => jobsInHand() === 0,

  /** One role, by a submit that may come again. */
  async submit(secret: string, key: string, submissionId: string) {
    const { ctx, seal } = await enter(secret);
    const ask = { justification: 'Once', ticketNumber: 'INC-1', startsAt: null, submissionId };
    const { answers } = await activate(ctx, { ...ask, roles: [{ key, minutes: 60 }] }, seal);
    return answers[0]?.requestId ?? answers[0]?.refusal?.message ?? '';
  },

  health: async () =>
    (await import(pathToFileURL(resolve('lib/queries/health.ts')).href)).health() as Promise<Health>,

  async signIn(name: string) {
    const now = new Date();
    const { location, browser } = await beginSignIn({ returnTo: '/', browser: undefined, now });
    const { searchParams: query } = await pickAccount(location, `${name}@contoso.example`);
    const facts = { query, browser, session: undefined, userAgent: null, now, traceId: randomUUID() };
    return (await finishSignIn(facts)).session.secret;
  },

  async refresh(secret: string, what: 'refresh-access' | 'refresh-approvals') {
    const { ctx, seal } = await enter(secret);
    await askRefresh(ctx, what, seal);
  },

  async mayDecide(secret: string) {
    const { ctx } = await enter(secret);
    const rows = await db()
      .select({ id: requestApprovers.requestId })
      .from(requestApprovers)
      .where(eq(requestApprovers.approverId, ctx.actor.objectId));
    return rows.map((row) => row.id);
  },

  async eligible(secret: string) {
    const { ctx } = await enter(secret);
    const rows = await db()
      .select()
      .from(mirrorEligible)
      .where(eq(mirrorEligible.principalId, ctx.actor.objectId));
    return rows.map((row) => ({
      key: roleKey(row),
      called: `${row.roleName} ${row.scopeName}`,
      scopeId: row.scopeId,
    }));
  },

  async activate(secret: string, keys: string[], startsAt: string | null = null) {
    const { ctx, seal } = await enter(secret);
    const roles = keys.map((key) => ({ key, minutes: 60 }));
    const submit = {
      roles,
      justification: 'Killed on purpose',
      ticketNumber: 'INC-1',
      startsAt: startsAt === null ? null : new Date(startsAt),
    };
    const { answers } = await activate(ctx, submit, seal);
    return answers.map((answer) => answer.requestId ?? answer.refusal?.message);
  },

  async approve(secret: string, requestId: string) {
    const { ctx, seal } = await enter(secret);
    await decide(ctx, { requestId, approve: true, justification: 'Seen' }, seal);
  },

  async sign(secret: string, requestId: string) {
    const { ctx, seal } = await enter(secret);
    const [row] = await db()
      .select({ stage: requestApprovals.stage })
      .from(requestApprovals)
      .where(eq(requestApprovals.requestId, requestId));
    const made = { requestId, shownStage: (row?.stage ?? 0) + 1, approve: true, via: 'portal' as const };
    await sign(ctx, { ...made, justification: 'Seen, and needed' }, seal);
  },

  async start(secret: string, requestId: string) {
    const { ctx, seal } = await enter(secret);
    await start(ctx, requestId, seal);
  },

  async extend(secret: string, requestId: string) {
    const { ctx, seal } = await enter(secret);
    const more = { minutes: 30, justification: 'Killed on purpose, once more', ticketNumber: 'INC-1' };
    return extend(ctx, { requestId, ...more }, seal);
  },

  async revokesSessions(secret: string) {
    const { ctx, seal } = await enter(secret);
    await askRevocation(ctx, seal);
  },

  async opensPlace(secret: string, key: string, scopeId: string) {
    const { ctx, seal } = await enter(secret);
    await openPlace(ctx, { key, scopeId }, seal);
  },

  async end(secret: string, requestId: string) {
    const { ctx, seal } = await enter(secret);
    await end(ctx, requestId, seal);
  },

  async cancel(secret: string, requestId: string) {
    const { ctx, seal } = await enter(secret);
    await cancel(ctx, requestId, seal);
  },

  /** Sessions that live, and what is on record of sessions, exports and refusals. */
  async counts() {
    const on = async (action: string) => db().$count(auditEntries, eq(auditEntries.action, action));
    return {
      sessions: await db().$count(sessions),
      started: await on('session.started'),
      exported: await on('history.exported'),
      revoked: await on('sessions.revoked'),
      refused: await on('access.refused'),
      tokens: await db().$count(actTokens),
      openDifferences: await db().$count(differences, isNull(differences.resolvedAt)),
      openReadings: await db().$count(watchRuns, isNull(watchRuns.finishedAt)),
    };
  },

  async exportHistory(secret: string) {
    const { ctx } = await enter(secret);
    await recordExport(ctx, { what: 'csv', query: 'killed', after: null });
  },

  /** An archive of the audit log. */
  async importArchive(secret: string, text: string) {
    const { ctx } = await enter(secret);
    return importArchive(ctx, Readable.from([Buffer.from(text)]));
  },

  ...refusalVerbs,
  ...letterVerbs,
  ...readingVerbs,
  ...reviewVerbs,
  ...stageVerbs,
  ...foundVerbs,

  /** Requests with what is on record of them; `ids`: only these. */
  async told(ids: string[] | null = null) {
    const rows = await db()
      .select()
      .from(requests)
      .where(ids ? inArray(requests.id, ids) : undefined);
    const known = rows.map((row) => row.id);
    const entries = await db()
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.subjectKind, 'request'), inArray(auditEntries.subjectId, ['', ...known])))
      .orderBy(asc(auditEntries.seq));
    return rows.map((row) => ({
      id: row.id,
      status: row.status,
      failure: row.failure,
      origin: row.origin,
      traces: entries.filter((entry) => entry.subjectId === row.id).map((entry) => entry.traceId),
      called: `${row.roleName} ${row.scopeName}`,
      actions: entries
        .filter((entry) => entry.subjectId === row.id)
        .map((entry) => entry.action.replace('request.', ''))
        // Found out beside what happens, and perhaps by nobody: a probe that dies is asked for anew by the page.
        .filter((action) => action !== 'usable'),
    }));
  },
};

process.on('disconnect', () => process.exit(0));
process.on(
  'message',
  async ({ call, verb, given }: { call: number; verb: keyof typeof verbs; given: never[] }) => {
    try {
      process.send?.({ call, value: await (verbs[verb] as (...all: never[]) => Promise<unknown>)(...given) });
    } catch (error) {
      const said = refusalOf(error) ?? error;
      process.send?.({ call, error: said instanceof Error ? said.message : String(said) });
    }
  },
);

export type Verbs = typeof verbs;
