/** Verbs for tests of the engine: a real database and queue, and a tenant handed in, all on one clock. */
import { randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { setClockOffset } from '#db/clock.ts';
import { empty } from '#db/empty.ts';
import { type JobName, type Jobs, startQueue } from '#db/queue.ts';
import { requestApprovals } from '#db/schema/approvals.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { actTokens } from '#db/schema/people.ts';
import { requests } from '#db/schema/requests.ts';
import { testDatabase, testTenant } from '#db/testing.ts';
import type { ApplierPort, AzurePorts, ProofPort } from '#lib/azure/ports.ts';
import type { AppRole } from '#lib/domain/actor.ts';
import { type RoleAtScope, roleKey } from '#lib/domain/assignment.ts';
import type { Chat } from '#lib/domain/chat.ts';
import type { Audience } from '#lib/domain/plane.ts';
import type { Outlets } from '#lib/notify/ports.ts';
import { TicketSystemFault } from '#lib/tickets/faults.ts';
import type { TicketPorts } from '#lib/tickets/ports.ts';
import { apply } from './apply/apply.ts';
import { prove } from './apply/prove.ts';
import { takeDueChanges } from './apply/take-due-changes.ts';
import { applyDecision } from './approvals/apply-decision.ts';
import { countersign } from './approvals/countersign.ts';
import { decide } from './approvals/decide.ts';
import { lookAtApproval } from './approvals/look-at-approval.ts';
import { type Sign, sign } from './approvals/sign.ts';
import { takeDueApprovals } from './approvals/take-due-approvals.ts';
import { asJob, asPerson, type OpenToken, type PersonContext, type SealedTokens } from './context.ts';
import { deliver } from './letters/deliver.ts';
import { updateCards } from './letters/update-cards.ts';
import { askRefresh } from './mirror/ask-refresh.ts';
import { learnPlace, learnRoles } from './mirror/learn-roles.ts';
import { refreshAccess } from './mirror/refresh-access.ts';
import { refreshApprovals } from './mirror/refresh-approvals.ts';
import { readPlaces } from './places/read-places.ts';
import { activate, type Submit } from './requests/activate.ts';
import { deactivate } from './requests/deactivate.ts';
import type { Eligibilities } from './requests/eligibility-gone.ts';
import { look } from './requests/look.ts';
import { provision } from './requests/provision.ts';
import { start } from './requests/start.ts';
import { takeDueLooks } from './requests/take-due-looks.ts';
import { withdraw } from './requests/withdraw.ts';
import { commentOnTicket } from './tickets/comment-on-ticket.ts';
import { lookAtHolds } from './tickets/look-at-holds.ts';
import { lookAtTicket } from './tickets/look-at-ticket.ts';
import { probe } from './usable/probe.ts';
import { takeDueWatches } from './watch/take-due-watches.ts';
import { watch } from './watch/watch.ts';

export interface Person {
  id: string;
  name: string;
}
export type AnyJob = { [Name in JobName]: { name: Name; data: Jobs[Name] } }[JobName];
type RequestRecord = typeof requests.$inferSelect;

const allProven: Eligibilities = { shows: async () => true, isWithin: async () => true };

export type Bench<Azure extends AzurePorts> = Awaited<ReturnType<typeof openBench<Azure>>>;

/** Opens a database and a queue that takes jobs but runs none: `deliver` does, when the test says so. */
export async function openBench<Azure extends AzurePorts>(
  tenant: (now: () => Date) => Azure,
  tokenOf: (personId: string) => string,
  audienceToken?: (personId: string, audience: Audience) => string,
) {
  const opened = await testDatabase();
  const boss = await startQueue(false, () => {});
  let offsetSeconds = 0;
  const now = () => new Date(Date.now() + offsetSeconds * 1000);

  const as = ({ id, name }: Person, ...roles: AppRole[]): PersonContext =>
    asPerson(
      { tenantId: testTenant, objectId: id, name, upn: `${name}@contoso.example`, roles },
      randomUUID(),
    );
  const seal =
    ({ id }: Person): SealedTokens =>
    (actId, audience) =>
      Buffer.from(JSON.stringify([actId, audience, audienceToken?.(id, audience) ?? bench.token(id)]));
  const open: OpenToken = (actId, audience, sealed) => {
    const [act, meant, token] = JSON.parse(sealed.toString());
    if (act !== actId || meant !== audience) throw new Error('sealed for another act');
    return token;
  };

  const bench = {
    opened,
    /** The person's token; a test may hand out another. */
    token: tokenOf,
    azure: tenant(now),
    /** No ticket system answers, until a test says what one does. */
    tickets: ((): never => {
      throw new TicketSystemFault('away');
    }) as TicketPorts,
    /** No letter goes anywhere, until a test says where. */
    outlets: { channels: {}, callWebhook: async () => {} } as Outlets,
    /** Who changes access, and who proves it: nobody, until a test says who. */
    applier: null as { port: ApplierPort; proof: ProofPort } | null,
    /** Everybody is eligible and in every group, until a test says otherwise. */
    proof: { ...allProven },
    now,
    as,
    seal,
    open,
    /** Jobs taken and not yet done; those that threw stay. */
    waiting: [] as AnyJob[],

    async advance(minutes: number) {
      offsetSeconds += minutes * 60;
      await setClockOffset(db(), offsetSeconds);
    },

    /** An empty Stint before an empty tenant, at the machine's time. The record cannot be emptied, and stays. */
    async reset() {
      await bench.clear();
      await empty(`people mirror_eligible mirror_active mirror_runs mirror_policies mirror_roles child_scopes
        child_scope_reads`);
    },

    /** The same, but what was read of the tenant stays known: for many rounds. */
    async clear() {
      offsetSeconds = 0;
      await setClockOffset(db(), 0);
      await bench.fetchJobs();
      bench.waiting = [];
      await empty(`watch_runs differences decisions request_approvers ticket_checks ticket_comments ticket_holds
        signatures stage_approvers request_approvals letters requests act_tokens on_call_occurrences
        on_call_windows`);
      bench.azure = tenant(now);
      bench.token = tokenOf;
      bench.proof = { ...allProven };
    },

    async fetchJobs() {
      const ready = await db().execute(
        sql`select distinct name from pgboss.job where state = 'created' and name <> 'dead-letter'`,
      );
      for (const { name } of (ready as unknown as { rows: { name: JobName }[] }).rows) {
        const jobs = await boss.fetch<Jobs[typeof name]>(name, { batchSize: 500 });
        for (const { id, data } of jobs) {
          bench.waiting.push({ name, data } as AnyJob);
          await boss.complete(name, id);
        }
      }
    },

    async run({ name, data }: AnyJob): Promise<void> {
      const ctx = asJob(name, data.traceId);
      const { person, places, reader } = bench.azure;
      const delivers = () => deliver(ctx, (data as Jobs['deliver-mail']).deliveryId, bench.outlets);
      const updates = (chat: Chat) => () =>
        updateCards((data as Jobs['update-slack-cards']).requestId, chat, bench.outlets);
      const runs: Record<JobName, () => Promise<unknown>> = {
        provision: () => provision(ctx, (data as Jobs['provision']).requestId, person, open),
        probe: () => probe(ctx, data as Jobs['probe'], person, open),
        look: () => look(ctx, data as Jobs['look'], reader),
        countersign: () =>
          countersign(ctx, (data as Jobs['countersign']).signatureId, { reader, proof: bench.proof }),
        'approval-look': () =>
          lookAtApproval(ctx, (data as Jobs['approval-look']).requestId, { reader, proof: bench.proof }),
        decide: () =>
          applyDecision(ctx, (data as Jobs['decide']).decisionId, person, open, {
            reader,
            proof: bench.proof,
          }),
        deactivate: () => deactivate(ctx, data as Jobs['deactivate'], person, open),
        withdraw: () => withdraw(ctx, (data as Jobs['withdraw']).requestId, person, open),
        // Its own test hands in the account.
        'revoke-sessions': async () => {},
        'refresh-access': () => refreshAccess(ctx, data as Jobs['refresh-access'], person, open),
        'refresh-approvals': () => refreshApprovals(ctx, data as Jobs['refresh-approvals'], person, open),
        'learn-roles': () => learnRoles(ctx, (data as Jobs['learn-roles']).principalId, reader),
        children: () => readPlaces(ctx, data as Jobs['children'], places, open),
        'learn-place': () => learnPlace(ctx, data as Jobs['learn-place'], reader),
        watch: () => watch(ctx, (data as Jobs['watch']).runId, reader),
        // The inventory's tests hand in lists of their own.
        inventory: async () => {},
        assess: async () => {},
        // So do those of the Applier, or there is none.
        apply: async () => bench.applier && apply(ctx, data as Jobs['apply'], bench.applier.port, []),
        prove: async () => bench.applier && prove(ctx, data as Jobs['prove'], bench.applier.proof),
        'ticket-look': () => lookAtTicket(ctx, (data as Jobs['ticket-look']).requestId, bench.tickets),
        'ticket-hold': () => lookAtHolds(ctx, data as Jobs['ticket-hold'], bench.tickets),
        'ticket-comment': () => commentOnTicket(ctx, data as Jobs['ticket-comment'], bench.tickets),
        'deliver-mail': delivers,
        'deliver-slack': delivers,
        'deliver-teams': delivers,
        'deliver-webhook': delivers,
        'update-slack-cards': updates('slack'),
        'update-teams-cards': updates('teams'),
        // A home is Slack's, and its tests are the routes'.
        'chat-home': async () => {},
      };
      await runs[name]();
    },

    /** Runs what was taken until nothing new is. Returns what was thrown; those jobs stay for the next time. */
    async deliver(): Promise<unknown[]> {
      const thrown: unknown[] = [];
      const again: AnyJob[] = [];
      await bench.fetchJobs();
      for (let job = bench.waiting.shift(); job; job = bench.waiting.shift()) {
        const mine = job;
        await bench.run(mine).catch((error: unknown) => {
          thrown.push(error);
          again.push(mine);
        });
        if (bench.waiting.length === 0) await bench.fetchJobs();
      }
      bench.waiting = again;
      return thrown;
    },

    /** Runs what was taken, `times` each, all at the same moment; what is thrown is for the next time. */
    async deliverAtOnce(times = 1): Promise<void> {
      await bench.fetchJobs();
      const jobs = bench.waiting.splice(0);
      const runs = Array.from({ length: times }, () => jobs.map((job) => bench.run(job))).flat();
      const outcomes = await Promise.allSettled(runs);
      bench.waiting.push(...jobs.filter((_, index) => outcomes[index]?.status === 'rejected'));
    },

    /** Looks at whatever is due, as the round does twice a second. */
    async looks(): Promise<unknown[]> {
      await takeDueLooks(randomUUID);
      return bench.deliver();
    },

    /** Reads the tenant on every plane, as the round does once a minute. */
    async watches(): Promise<unknown[]> {
      await bench.advance(1.1);
      await takeDueWatches(randomUUID);
      return bench.deliver();
    },

    /** Moves the clock in steps small enough that no look is missed. */
    async pass(minutes: number, step = 1) {
      for (let passed = 0; passed < minutes; passed += step) {
        await bench.advance(Math.min(step, minutes - passed));
        await bench.looks();
      }
    },

    async reads(person: Person, what: 'refresh-access' | 'refresh-approvals' = 'refresh-access') {
      await askRefresh(as(person), what, seal(person));
      return bench.deliver();
    },

    async submits(person: Person, roles: RoleAtScope[], facts: Partial<Submit> & { minutes?: number } = {}) {
      const { minutes = 60, ...rest } = facts;
      const keys = roles.map((role) => ({ key: roleKey(role), minutes }));
      const submit = {
        roles: keys,
        justification: 'A disk is full',
        ticketNumber: 'INC-1',
        startsAt: null,
        ...rest,
      };
      return activate(as(person), submit, seal(person));
    },

    /** Files one role and returns the request's id. @throws the refusal. */
    async files(
      person: Person,
      role: RoleAtScope,
      facts: Partial<Submit> & { minutes?: number } = {},
    ): Promise<string> {
      const { answers } = await bench.submits(person, [role], facts);
      const [answer] = answers;
      if (!answer?.requestId) throw answer?.refusal ?? new Error('no answer');
      return answer.requestId;
    },

    /** Files one role and has it active. */
    async holds(person: Person, role: RoleAtScope, minutes = 60): Promise<string> {
      const id = await bench.files(person, role, { minutes });
      await bench.deliver();
      await bench.looks();
      return id;
    },

    decides(person: Person, requestId: string, approve: boolean, justification = 'Seen') {
      return decide(as(person), { requestId, approve, justification }, seal(person));
    },

    /** The stage that a page shows now, the first as 1; null: none waits. */
    async stageShown(requestId: string): Promise<number | null> {
      const [row] = await db()
        .select({ stage: requestApprovals.stage })
        .from(requestApprovals)
        .where(eq(requestApprovals.requestId, requestId));
      return row ? row.stage + 1 : null;
    },

    /** Signs the stage that is shown; what is thrown is the refusal. */
    async signs(person: Person, requestId: string, approve = true, more: Partial<Sign> = {}) {
      const made = {
        shownStage: await bench.stageShown(requestId),
        requestId,
        approve,
        justification: 'Looked at, and it is needed',
        via: 'portal' as const,
      };
      return sign(as(person), { ...made, ...more }, seal(person));
    },

    starts: (person: Person, requestId: string) => start(as(person), requestId, seal(person)),

    /** What the clock does to approvals, as the round does twice a second. */
    async duties(): Promise<unknown[]> {
      await takeDueApprovals(asJob('due approvals', randomUUID()));
      return bench.deliver();
    },

    /** What is to be changed, as the round does twice a second: told, and looked at until it is so. */
    async changes(): Promise<unknown[]> {
      await takeDueChanges(asJob('due changes', randomUUID()), [], randomUUID);
      return bench.deliver();
    },

    loseToken: (actId: string) => db().delete(actTokens).where(eq(actTokens.actId, actId)),

    async tokensOf(actId: string): Promise<number> {
      return db().$count(actTokens, eq(actTokens.actId, actId));
    },

    async request(id: string): Promise<RequestRecord> {
      const [row] = await db().select().from(requests).where(eq(requests.id, id));
      if (!row) throw new Error(`no request ${id}`);
      return row;
    },

    async status(id: string) {
      return (await bench.request(id)).status;
    },

    /** What the record says of a request, in order. */
    audit(id: string) {
      return db()
        .select()
        .from(auditEntries)
        .where(and(eq(auditEntries.subjectKind, 'request'), eq(auditEntries.subjectId, id)))
        .orderBy(asc(auditEntries.seq));
    },

    /** What moved it. What a probe found stands beside that. */
    async actions(id: string): Promise<string[]> {
      const told = (await bench.audit(id)).map((entry) => entry.action.replace('request.', ''));
      return told.filter((action) => action !== 'usable');
    },

    async found(id: string) {
      return (await bench.audit(id)).filter(({ action }) => action === 'request.usable');
    },

    async entries(): Promise<number> {
      return db().$count(auditEntries);
    },

    async close() {
      await boss.stop({ graceful: false });
      await opened.close();
    },
  };
  return bench;
}
