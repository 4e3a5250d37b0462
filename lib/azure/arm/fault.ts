import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { isRestError } from '@azure/core-rest-pipeline';
import { readErrorBody } from '#lib/azure/error-body.ts';
import { faultOf } from '#lib/azure/fault-of.ts';
import { AzureFault } from '#lib/azure/faults.ts';

/** Any error of the ARM client as a fault: refusals by contract, network errors and unreadable answers too. */
export function armFault(error: unknown, effect: 'read' | 'write'): AzureFault {
  if (error instanceof AzureFault) return error;
  if (isRestError(error) && error.response) return responseFault(error.response, effect, error);
  return faultOf({ status: 0, code: '', message: String(error), header: () => null, cause: error }, effect);
}

/** An answer that is not the success asked for. */
export function responseFault(
  response: PipelineResponse,
  effect: 'read' | 'write',
  cause?: unknown,
): AzureFault {
  const { code, message } = readErrorBody(json(response.bodyAsText));
  return faultOf(
    { status: response.status, code, message, header: (name) => response.headers.get(name) ?? null, cause },
    effect,
  );
}

function json(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
