import { GraphError } from '@microsoft/microsoft-graph-client';
import { readErrorBody } from '#lib/azure/error-body.ts';
import { faultOf } from '#lib/azure/fault-of.ts';
import type { AzureFault } from '#lib/azure/faults.ts';

/** Any error of the Graph client as a fault: refusals by contract, network errors and unreadable answers too. */
export function graphFault(error: unknown, effect: 'read' | 'write'): AzureFault {
  if (!(error instanceof GraphError)) {
    return faultOf({ status: 0, code: '', message: String(error), header: () => null, cause: error }, effect);
  }
  // An envelope the client does not know stays in the body, unread.
  const other = readErrorBody(error.body);
  return faultOf(
    {
      status: Math.max(0, error.statusCode),
      code: other.code || (error.code ?? ''),
      message: other.message || error.message,
      header: (name) => error.headers?.get(name) ?? null,
      cause: error,
    },
    effect,
  );
}
