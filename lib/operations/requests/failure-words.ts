import type { AzureFault } from '#lib/azure/faults.ts';

const ruleWords: Record<string, string> = {
  JustificationRule: 'a justification is missing',
  TicketingRule: 'a ticket is missing',
  ExpirationRule: 'the length is not allowed',
  MfaRule: 'multifactor authentication is missing',
  EligibilityRule: 'you are not eligible for it any more',
};

const lockWords = 'A lock on the resource stops Azure. Ask the owner of the resource to lift it.';

/** What Azure made of a request that it could not fulfil after all, in our words; its own word stays in it. */
export function statusWords(azureStatus: string): string {
  if (azureStatus.toLowerCase() === 'failedasresourceislocked') return lockWords;
  return `Azure could not give it (“${azureStatus}”). Ask again, or look in the Azure portal.`;
}

/** A fault in our words, with what to do next; Azure's own code stays in it for whoever has to search. */
export function failureWords(fault: AzureFault): string {
  switch (fault.kind) {
    case 'policy_refused': {
      const reasons = fault.rules.map((rule) => ruleWords[rule] ?? rule).join(', ');
      return `Azure refused it by the role’s policy: ${reasons || fault.message}. Correct that and ask again.`;
    }
    case 'mfa_needed':
      return 'Azure wants multifactor authentication for this role. Sign out, sign in with it, and ask again.';
    case 'step_up_needed':
      return 'Azure wants a stronger sign-in (authentication context) for this, and did not say which. Try again, or do it in the Azure portal.';
    case 'not_eligible':
      return 'Azure says you are not eligible for this any more. Ask whoever manages the role.';
    case 'already_exists':
      return 'Azure already has an activation or a pending request of this role for you, made outside Stint. End or cancel it there first.';
    case 'not_allowed':
      return `Azure does not allow this for your account (${fault.code}). Ask whoever manages the role.`;
    case 'locked':
      return lockWords;
    case 'unlicensed':
      return 'The tenant lacks the licence for PIM (Entra ID P2 or Governance). Tell your administrator.';
    case 'not_found':
      return 'Azure does not know this role or scope any more. Refresh your access.';
    case 'busy':
    case 'unknown_outcome':
    case 'not_yet_visible':
      return 'Azure did not answer in time. Ask again in a few minutes.';
    case 'too_short':
      return 'Azure keeps an activation for at least five minutes. End it after that.';
    default:
      return `Azure refused it: ${fault.message || fault.code || 'no reason given'}.`;
  }
}
