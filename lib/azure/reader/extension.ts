import { AzureFault } from '#lib/azure/faults.ts';
import type { PolicyRule } from '#lib/azure/policy-rules.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import type { ReaderCalls } from './calls.ts';

/** Announced for v1.0 too; the how-to and who has tried it say beta. */
const path = '/beta/identityGovernance/privilegedAccess/customExtensions';
const ruleId = 'CustomExtension_PreApproval_EndUser_Assignment';
const keptMilliseconds = 60_000;

interface Listed {
  id?: string;
  endpointConfiguration?: { targetUrl?: string | null } | null;
}

/** Every role of a tenant may name the same few: asked for once a minute. */
const known = new WeakMap<ReaderCalls, { at: number; list: Promise<Listed[]> }>();

/**
 * What PIM asks before it grants, by the role's rules: nothing (undefined), Stint itself, or something else. For Azure
 * roles the rule is taken to have the same id; its type there is nowhere documented. Needs
 * PrivilegedAccess-CustomExt.Read.All: without it an extension counts as somebody else's, which Stint cannot build on.
 */
export async function readExtension(
  calls: ReaderCalls,
  rules: readonly PolicyRule[],
): Promise<PolicyFacts['extension']> {
  const rule = rules.find(({ id }) => id === ruleId);
  const id = rule?.customExtensionId?.toLowerCase();
  // A portal save was seen to leave the rule behind, empty.
  if (!id || !rule) return undefined;
  const enabled = rule.isEnabled === true;
  if (!calls.appOrigin) return { enabled, ours: false };
  const own = `${calls.appOrigin}/api/integrations/pim/pre-approval`;
  const listed = await listOf(calls);
  const found = listed.find((one) => one.id?.toLowerCase() === id);
  return { enabled, ours: found?.endpointConfiguration?.targetUrl === own };
}

async function listOf(calls: ReaderCalls): Promise<Listed[]> {
  const before = known.get(calls);
  if (before && Date.now() - before.at < keptMilliseconds) return before.list;
  const list = calls
    .graph()
    .then((graph) => graph.list<Listed>(path))
    .catch((error: unknown) => {
      // May not be read, or is not there in this cloud: unknown, and so not ours. What is busy is asked again.
      if (error instanceof AzureFault && error.retry !== 'later') return [];
      known.delete(calls);
      throw error;
    });
  known.set(calls, { at: Date.now(), list });
  return list;
}
