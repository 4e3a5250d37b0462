import { setTimeout as pause } from 'node:timers/promises';
import type { JobName, Jobs } from '#db/queue.ts';
import { openForAct } from '#lib/auth/act-seal.ts';
import { endSessionsRevoked } from '#lib/auth/end-sessions-of.ts';
import { appToken } from '#lib/auth/tokens.ts';
import { openWebhookSecret } from '#lib/auth/webhook-seal.ts';
import {
  liveAccount,
  liveInventory,
  livePersonPorts,
  livePlaces,
  liveProof,
  liveReader,
} from '#lib/azure/live.ts';
import type { AccountPort, ApplierPort, AzurePorts, InventoryPort, ProofPort } from '#lib/azure/ports.ts';
import { config } from '#lib/config/config.ts';
import { liveOutlets } from '#lib/notify/live.ts';
import type { Outlets } from '#lib/notify/ports.ts';
import { apply } from '#lib/operations/apply/apply.ts';
import { prove } from '#lib/operations/apply/prove.ts';
import { applyDecision } from '#lib/operations/approvals/apply-decision.ts';
import { countersign } from '#lib/operations/approvals/countersign.ts';
import { lookAtApproval } from '#lib/operations/approvals/look-at-approval.ts';
import { asJob as asJobOf, type OpenToken } from '#lib/operations/context.ts';
import { readParts } from '#lib/operations/inventory/read-parts.ts';
import { deliver } from '#lib/operations/letters/deliver.ts';
import { updateCards } from '#lib/operations/letters/update-cards.ts';
import { learnPlace, learnRoles } from '#lib/operations/mirror/learn-roles.ts';
import { refreshAccess } from '#lib/operations/mirror/refresh-access.ts';
import { refreshApprovals } from '#lib/operations/mirror/refresh-approvals.ts';
import { readPlaces } from '#lib/operations/places/read-places.ts';
import { assess } from '#lib/operations/posture/assess.ts';
import { deactivate } from '#lib/operations/requests/deactivate.ts';
import { look } from '#lib/operations/requests/look.ts';
import { provision } from '#lib/operations/requests/provision.ts';
import { withdraw } from '#lib/operations/requests/withdraw.ts';
import { revokeSessions } from '#lib/operations/sessions/revoke-sessions.ts';
import { commentOnTicket } from '#lib/operations/tickets/comment-on-ticket.ts';
import { lookAtHolds } from '#lib/operations/tickets/look-at-holds.ts';
import { lookAtTicket } from '#lib/operations/tickets/look-at-ticket.ts';
import { probe } from '#lib/operations/usable/probe.ts';
import { watch } from '#lib/operations/watch/watch.ts';
import { liveTickets } from '#lib/tickets/live.ts';
import { remoteApplier } from './applier/remote.ts';
import { chatHome } from './chat-home.ts';
import { withChats } from './chat-outlets.ts';
import { requireHold } from './hold.ts';
import { traceId } from './trace.ts';

/** What each job does; `atOnce` is how many of it this process runs together. */
export type Roster = { [Name in JobName]: { atOnce: number; run(data: Jobs[Name]): Promise<void> } };

/** What the jobs ask of Azure. */
interface Ports extends AzurePorts {
  account: AccountPort;
  inventory: InventoryPort;
  proof: ProofPort;
  /** Another process's: this one does not hold the credential. */
  applier: ApplierPort;
  outlets: Outlets;
}

/** Azure, live, for this process. */
export function livePorts(): Ports {
  return {
    person: livePersonPorts(config(), { traceId }),
    account: liveAccount(config(), { traceId }),
    places: livePlaces(config(), { traceId }),
    reader: liveReader(config(), appToken, { traceId }),
    inventory: liveInventory(config(), appToken, { traceId }),
    proof: liveProof(config(), appToken, { traceId }),
    applier: remoteApplier(),
    outlets: withChats(liveOutlets(openWebhookSecret)),
  };
}

/** Application ids of Stint's registrations, also those named to be watched: the Applier never touches them. */
export function stints(): string[] {
  return [...config().ownClientIds];
}

const asJob = (name: JobName, trace: string) => asJobOf(name, trace, requireHold);

export function roster(
  { person, places, account, reader, inventory, proof, applier, outlets }: Ports,
  open: OpenToken = openForAct,
): Roster {
  const delivers = (name: 'deliver-mail' | 'deliver-slack' | 'deliver-teams' | 'deliver-webhook') => ({
    atOnce: 4,
    run: (job: Jobs[typeof name]) => deliver(asJob(name, job.traceId), job.deliveryId, outlets),
  });
  return {
    provision: {
      atOnce: 4,
      run: (job) => provision(asJob('provision', job.traceId), job.requestId, person, open),
    },
    probe: { atOnce: 2, run: (job) => probe(asJob('probe', job.traceId), job, person, open) },
    look: { atOnce: 4, run: (job) => look(asJob('look', job.traceId), job, reader, proof) },
    decide: {
      atOnce: 2,
      run: (job) =>
        applyDecision(asJob('decide', job.traceId), job.decisionId, person, open, { reader, proof }),
    },
    countersign: {
      atOnce: 4,
      run: (job) => countersign(asJob('countersign', job.traceId), job.signatureId, { reader, proof }),
    },
    'approval-look': {
      atOnce: 4,
      run: (job) => lookAtApproval(asJob('approval-look', job.traceId), job.requestId, { reader, proof }),
    },
    deactivate: {
      atOnce: 2,
      run: (job) => deactivate(asJob('deactivate', job.traceId), job, person, open),
    },
    withdraw: {
      atOnce: 2,
      run: (job) => withdraw(asJob('withdraw', job.traceId), job.requestId, person, open),
    },
    'revoke-sessions': {
      atOnce: 1,
      run: (job) =>
        revokeSessions(
          asJob('revoke-sessions', job.traceId),
          job.revocationId,
          account,
          open,
          endSessionsRevoked,
        ),
    },
    'refresh-access': {
      atOnce: 4,
      run: (job) => refreshAccess(asJob('refresh-access', job.traceId), job, person, open),
    },
    'refresh-approvals': {
      atOnce: 2,
      run: (job) => refreshApprovals(asJob('refresh-approvals', job.traceId), job, person, open),
    },
    'learn-roles': {
      atOnce: 2,
      run: (job) => learnRoles(asJob('learn-roles', job.traceId), job.principalId, reader),
    },
    children: {
      atOnce: 2,
      run: (job) => readPlaces(asJob('children', job.traceId), job, places, open),
    },
    'learn-place': {
      atOnce: 2,
      run: (job) => learnPlace(asJob('learn-place', job.traceId), job, reader),
    },
    inventory: {
      atOnce: 4,
      run: (job) => readParts(asJob('inventory', job.traceId), job.runId, inventory, pause),
    },
    assess: {
      atOnce: 1,
      run: (job) => assess(asJob('assess', job.traceId), config().breakGlass, config().ownClientIds),
    },
    apply: {
      atOnce: 2,
      run: (job) => apply(asJob('apply', job.traceId), job, applier, stints()),
    },
    prove: { atOnce: 2, run: (job) => prove(asJob('prove', job.traceId), job, proof) },
    watch: { atOnce: 1, run: (job) => watch(asJob('watch', job.traceId), job.runId, reader) },
    'ticket-look': {
      atOnce: 2,
      run: (job) => lookAtTicket(asJob('ticket-look', job.traceId), job.requestId, liveTickets),
    },
    'ticket-hold': {
      atOnce: 2,
      run: (job) => lookAtHolds(asJob('ticket-hold', job.traceId), job, liveTickets),
    },
    'ticket-comment': {
      atOnce: 1,
      run: (job) => commentOnTicket(asJob('ticket-comment', job.traceId), job, liveTickets),
    },
    // Each way out has its own: an endpoint or a mail server that hangs keeps nobody else's letter.
    'deliver-mail': delivers('deliver-mail'),
    'deliver-slack': delivers('deliver-slack'),
    'deliver-teams': delivers('deliver-teams'),
    'deliver-webhook': delivers('deliver-webhook'),
    'update-slack-cards': { atOnce: 2, run: (job) => updateCards(job.requestId, 'slack', outlets) },
    'update-teams-cards': { atOnce: 2, run: (job) => updateCards(job.requestId, 'teams', outlets) },
    'chat-home': { atOnce: 1, run: chatHome },
  };
}
