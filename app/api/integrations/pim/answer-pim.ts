import { connection } from 'next/server';
import { refusing } from '#app/refusing.ts';
import { admit } from '#lib/auth/admit.ts';
import { hashedAddress } from '#lib/auth/client-address.ts';
import { ownUrl } from '#lib/auth/own-url.ts';
import { requirePim } from '#lib/auth/require-pim.ts';
import { traceOf } from '#lib/auth/trace.ts';
import { type Callout, type EvaluationStage, pimOutcomes } from '#lib/domain/evaluation.ts';
import { readCallout } from '#lib/domain/read-callout.ts';
import { asJob } from '#lib/operations/context.ts';
import { evaluate } from '#lib/operations/evaluations/evaluate.ts';

const mostBytes = 65_536;
/** All of its calls are one caller's: a token does not tell which service of Microsoft's sends it. */
const pim = () => 'pim';

/**
 * What PIM is answered as its custom extension, at the address of one stage: 200 with the outcome, a no as well. Who is
 * not PIM gets 401 and is put on record; where Stint itself has trouble it is 503, and PIM tries again.
 */
export async function answerPim(request: Request, stage: EvaluationStage, door: string): Promise<Response> {
  await connection();
  const answer = await refusing(request, door, async () => {
    const address = hashedAddress(request.headers);
    await admit('extension', address, () => requirePim(request.headers), pim);
    const text = await bodyOf(request);
    if (text === null) return new Response('Too long.', { status: 413 });
    const asked = { stage, callout: readCallout(readJson(text), new Date()), linkTo };
    const { id, outcome, reasons } = await evaluate(asJob('pim-extension', traceOf(request.headers)), asked);
    return Response.json({ evaluationId: id, evaluationOutcome: pimOutcomes[outcome], reason: reasons });
  });
  if (answer.status === 401) answer.headers.set('www-authenticate', 'Bearer error="invalid_token"');
  answer.headers.set('cache-control', 'no-store');
  return answer;
}

/** Not more of it than a question of PIM's can be; null: it is more. */
async function bodyOf({ body }: Request): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > mostBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The form with what was asked for. It asks for nothing by itself. */
function linkTo({ minutes, role, ticketNumber }: Callout): string {
  const asked = { role: role.roleId, scope: role.scopeId, ...(minutes && { minutes: `${minutes}` }) };
  const query = new URLSearchParams({ ...asked, ...(ticketNumber && { ticket: ticketNumber }) });
  return ownUrl(`/activate?${query}`);
}
