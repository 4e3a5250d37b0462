import type { ApprovalVerdict } from './approval-policy.ts';
import type { PolicyFacts } from './policy.ts';

/** What makes sure that Stint's stages are passed. */
export type HeldBy = 'pim_approval' | 'pim_extension' | 'advisory' | 'nothing_asked';

const words: Record<HeldBy, string> = {
  pim_approval: 'held by PIM approval',
  pim_extension: 'held by PIM extension',
  advisory: 'advisory',
  nothing_asked: 'nothing asked',
};

export const heldByWords = (by: HeldBy): string => words[by];

const sentences: Record<HeldBy, string> = {
  pim_approval:
    'PIM itself asks for an approval too: whoever activates past Stint’s stages is still stopped there.',
  pim_extension:
    'PIM asks Stint during every activation, from whatever client, and Stint says no without the signatures. PIM obeys where the extension is enabled, not in audit: its settings do not tell Stint which.',
  advisory:
    'Someone could activate this in Microsoft’s portal past Stint’s stages. Stint would tell, not stop it.',
  nothing_asked: 'No rule of Stint’s is about this: what PIM asks holds.',
};

/** What holds a rule of Stint's at a role, and a sentence that says so. A role whose policy is not known holds nothing. */
export function heldBy(
  policy: Pick<PolicyFacts, 'approval' | 'extension'> | null,
  verdict: ApprovalVerdict['is'],
): { by: HeldBy; sentence: string } {
  const by = verdict === 'none' ? 'nothing_asked' : holderOf(policy);
  return { by, sentence: sentences[by] };
}

function holderOf(policy: Pick<PolicyFacts, 'approval' | 'extension'> | null): HeldBy {
  if (policy?.extension?.ours && policy.extension.enabled) return 'pim_extension';
  return policy?.approval ? 'pim_approval' : 'advisory';
}
