import type { Authority } from '#lib/emulator/entra/authority.ts';
import { type ExtensionAsked, extensionRulesOf, type Verdict } from '#lib/emulator/pim/extension.ts';
import { calloutBody } from './callout-body.ts';
import { calloutToken } from './callout-token.ts';

/** No endpoint is waited for longer, whatever was configured. Milliseconds. */
const longestWait = 60_000;
const outcomes = ['Approved', 'AutoApproved', 'Denied'] as const;

/**
 * Posts the request to the extension's endpoint with a token of PIM's, as long and as often as the extension says. Network
 * trouble, timeouts, 429 and 5xx are tried again at once; what is left without an answer is Failed.
 */
export async function askExtension(authority: Authority, asked: ExtensionAsked): Promise<Verdict> {
  const { extension, request, stage } = asked;
  const endpoint = Object(extension.endpointConfiguration) as { targetUrl?: unknown };
  const client = Object(extension.clientConfiguration) as Record<string, unknown>;
  const targetUrl = String(endpoint.targetUrl);
  if (!isOwnMachine(targetUrl)) {
    const why = 'The emulator calls nobody but this machine.';
    return { stage, outcome: 'Failed', evaluationId: null, reasons: [why] };
  }
  const waitMs = Math.min(numberOr(client.timeoutInMilliseconds, 10_000), longestWait);
  const body = JSON.stringify(calloutBody(authority.world.state, request));
  const authorization = `Bearer ${await calloutToken(authority, extension)}`;
  const { deliverTwice } = extensionRulesOf(authority.world.state);
  let problem = '';
  for (let tries = 0; tries <= numberOr(client.maximumRetries, 0); tries++) {
    const answer = await post(targetUrl, { authorization, body, waitMs });
    if ('verdict' in answer) {
      if (deliverTwice) await post(targetUrl, { authorization, body, waitMs });
      return { ...answer.verdict, stage };
    }
    problem = answer.problem;
    if (!answer.mayTryAgain) break;
  }
  return { stage, outcome: 'Failed', evaluationId: null, reasons: [problem] };
}

/** Whatever a tenant's configuration says: what is tried out here reaches nobody else. */
function isOwnMachine(url: string): boolean {
  return URL.canParse(url) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

type Answer = { verdict: Omit<Verdict, 'stage'> } | { problem: string; mayTryAgain: boolean };

async function post(
  targetUrl: string,
  { authorization, body, waitMs }: { authorization: string; body: string; waitMs: number },
): Promise<Answer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(targetUrl, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(waitMs),
    });
    text = await response.text();
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { problem: `The custom extension did not answer: ${words}.`, mayTryAgain: true };
  }
  if (response.status !== 200) {
    const mayTryAgain = response.status === 429 || response.status >= 500;
    return { problem: `The custom extension answered ${response.status}.`, mayTryAgain };
  }
  const verdict = readVerdict(text);
  return verdict
    ? { verdict }
    : { problem: 'The custom extension’s answer makes no sense.', mayTryAgain: false };
}

function readVerdict(text: string): Omit<Verdict, 'stage'> | null {
  try {
    const { evaluationId, evaluationOutcome, reason } = Object(JSON.parse(text)) as Record<string, unknown>;
    const outcome = outcomes.find((one) => one === evaluationOutcome);
    if (!outcome) return null;
    return {
      outcome,
      evaluationId: typeof evaluationId === 'string' ? evaluationId : null,
      reasons: Array.isArray(reason) ? reason.map(String) : [],
    };
  } catch {
    return null;
  }
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 0 ? value : otherwise;
}
