import type { CustomExtension } from '#lib/emulator/graph-state.ts';
import type { Policy, ScheduleRequest } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';

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

/**
 * Ends a request that an extension stopped; false when it did not. What the caller sees is nowhere documented: here it is a
 * request with status Denied, and Failed where the endpoint gave no answer, because a gate that is out of order stays shut.
 */
export function isStopped(world: World, request: ScheduleRequest, verdict: Verdict | null): boolean {
  if (verdict?.outcome !== 'Denied' && verdict?.outcome !== 'Failed') return false;
  request.status = verdict.outcome;
  request.completedAt = world.now();
  return true;
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
