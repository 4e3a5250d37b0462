import { EntraError } from './error.ts';

/** What the `claims` parameter (OpenID Connect Core 5.5) asks of the access token. */
export interface ClaimsRequest {
  /** The client can handle claims challenges (cp1). */
  continuousAccess: boolean;
  mfa: boolean;
  /** Authentication contexts asked for, for either token. */
  acrs: string[];
}

/** c1 and on are the tenant's own; p1 is Azure's for mandatory MFA. */
const CONTEXT = /^(c\d{1,2}|p1)$/;

/** Throws 9002313 when the parameter is no JSON object. */
export function parseClaims(text: string | undefined): ClaimsRequest {
  const whole = text ? parseObject(text) : undefined;
  const access = field(whole, 'access_token');
  const asked = [...values(access, 'acrs'), ...values(field(whole, 'id_token'), 'acrs')];
  return {
    continuousAccess: values(access, 'xms_cc').some((value) => value.toLowerCase() === 'cp1'),
    mfa: values(access, 'amr').includes('mfa'),
    acrs: [...new Set(asked.map((value) => value.toLowerCase()).filter((value) => CONTEXT.test(value)))],
  };
}

function parseObject(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch {}
  throw EntraError.malformed();
}

function field(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null) return undefined;
  return Object.entries(object).find(([key]) => key === name)?.[1];
}

/** `value` and `values` of one claim, as strings. */
function values(object: unknown, claim: string): string[] {
  const wanted = field(object, claim);
  return [field(wanted, 'value'), field(wanted, 'values')]
    .flat()
    .filter((value): value is string => typeof value === 'string');
}

/** Whether a sign-in has shown what is asked: MFA, and every authentication context. MFA alone is what p1 stands for. */
export function isProven(asked: ClaimsRequest, shown: { mfa: boolean; acrs?: string[] }): boolean {
  const met = [...(shown.acrs ?? []), ...(shown.mfa ? ['p1'] : [])];
  return (shown.mfa || !asked.mfa) && asked.acrs.every((context) => met.includes(context));
}

/** The contexts a token may name once what was asked is proven: those of the grant it comes from, and those asked for. */
export function contextsOf(asked: ClaimsRequest, granted: string[]): string[] {
  return [...new Set([...granted, ...asked.acrs])];
}
