import { roleKey } from '#lib/domain/assignment.ts';
import { isRefusedBelow, subscriptionOf } from '#lib/domain/narrower.ts';
import { inWords } from '#lib/domain/time.ts';
import type { RequestRow } from '#lib/queries/rows.ts';
import type { Draft, OwnChoice } from './ask.ts';

/** The form of an earlier request, to look at and send again; a start is never repeated. */
export function askAgain(request: RequestRow): Draft {
  const { justification, ticketNumber, minutes, eligibleScopeId } = request;
  const key = roleKey({ ...request, scopeId: eligibleScopeId ?? request.scopeId });
  return {
    keys: [key],
    form: { justification, ticketNumber, duration: inWords(minutes), startsAt: '' },
    ...(eligibleScopeId !== null && { own: { [key]: { narrower: placeOf(request) } } }),
  };
}

/** The narrower place again; where Azure refuses it, the subscription around it. */
function placeOf({ status, eligibleScopeId, scopeId, scopeName }: RequestRow): OwnChoice['narrower'] {
  const subscription = subscriptionOf(scopeId);
  return status === 'failed' && subscription && isRefusedBelow(eligibleScopeId, scopeId)
    ? { id: subscription, name: `the whole subscription of ${scopeName}` }
    : { id: scopeId, name: scopeName };
}
