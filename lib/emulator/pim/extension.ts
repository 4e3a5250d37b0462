import type { CustomExtension } from '#lib/emulator/graph-state.ts';
import type { Policy, ScheduleRequest, State } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { PimRefusal } from './refusal.ts';

/**
 * What is nowhere documented about custom extensions, and so can be turned: the control door's `extension`. Nobody knows
 * which of them is Azure; whoever relies on one has to be tried with the others.
 */
export interface ExtensionRules {
  /** No usable answer comes: does the activation go on (open), or is it stopped (closed)? */
  outage: 'open' | 'closed';
  /** Stopped, the caller gets a 400 and no request (refusal), or a request with status Denied or Failed (request). */
  stopped: 'refusal' | 'request';
  /** Which tokens are shown; null: as the extension's application asks. */
  tokens: 'v1' | 'v2' | null;
  /** Each question is posted a second time, though it was answered. */
  deliverTwice: boolean;
}

export const extensionRulesOf = ({ extensionRules }: State): ExtensionRules => ({
  ...{ outage: 'closed', stopped: 'refusal', tokens: null, deliverTwice: false },
  ...extensionRules,
});

/** When PIM asks: before a human approves, or after one has. */
export type Stage = 'PreApproval' | 'PostApproval';

export interface Verdict {
  stage: Stage;
  /** Failed: no usable answer came, with every retry spent. */
  outcome: 'Approved' | 'AutoApproved' | 'Denied' | 'Failed';
  evaluationId: string | null;
  reasons: string[];
}

/** What custom extensions have said about the request this call is about. */
export interface Consulted {
  requestId: string;
  verdicts: Verdict[];
}

/**
 * The engine needs a custom extension's word and cannot wait for the network: it gives up without having changed anything,
 * and the call is answered again from the start once the word is there.
 */
export class ExtensionAsked extends Error {
  readonly stage: Stage;
  readonly extension: CustomExtension;
  readonly request: ScheduleRequest;
  constructor(stage: Stage, extension: CustomExtension, request: ScheduleRequest) {
    super(`The custom extension ${extension.id} has to be asked.`);
    this.name = 'ExtensionAsked';
    this.stage = stage;
    this.extension = extension;
    this.request = request;
  }
}

/** What the extension of a role's settings says about a request; null when none is linked and enabled. Throws ExtensionAsked when it has not been asked yet. */
export function verdictOn(
  world: World,
  policy: Policy,
  stage: Stage,
  request: ScheduleRequest,
): Verdict | null {
  const rule = policy.writtenRules?.[`CustomExtension_${stage}_EndUser_Assignment`];
  if (rule?.isEnabled !== true || !rule.customExtensionId) return null;
  const known = world.consulted?.verdicts.find((one) => one.stage === stage);
  if (known && world.consulted?.requestId === request.id) return known;
  const id = String(rule.customExtensionId).toLowerCase();
  const extension = world.state.graph.customExtensions.find((one) => one.id === id);
  if (!extension) {
    const reasons = [`The custom extension ${id} does not exist.`];
    return { stage, outcome: 'Failed', evaluationId: null, reasons };
  }
  const status = stage === 'PreApproval' ? 'PendingEvaluation' : request.status;
  throw new ExtensionAsked(stage, extension, { ...request, status });
}

/** Ends a request that an extension stopped, or that got no answer while the gate is shut then; false when it goes on. */
export function isStopped(world: World, request: ScheduleRequest, verdict: Verdict | null): boolean {
  if (verdict?.outcome !== 'Denied' && verdict?.outcome !== 'Failed') return false;
  if (verdict.outcome === 'Failed' && extensionRulesOf(world.state).outage === 'open') return false;
  request.status = verdict.outcome;
  request.completedAt = world.now();
  return true;
}

/** What the caller is told of a stopped activation where no request is left of it. Both codes are ours: Azure's are not known. */
export function throwStopped(world: World, verdict: Verdict | null): void {
  if (!verdict || extensionRulesOf(world.state).stopped === 'request') return;
  const code = verdict.outcome === 'Denied' ? 'CustomExtensionDenied' : 'CustomExtensionFailed';
  throw new PimRefusal(400, code, verdict.reasons.join(' '));
}

/** What the audit log says of a verdict. The names of the keys are ours. */
export function verdictDetails(verdict: Verdict | null): Record<string, string> {
  if (!verdict) return {};
  return {
    CustomExtensionStage: verdict.stage,
    EvaluationId: verdict.evaluationId ?? '',
    EvaluationOutcome: verdict.outcome,
    EvaluationReason: verdict.reasons.join(' '),
  };
}
