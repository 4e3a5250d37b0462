import { EntraError } from './error.ts';

/** What the `claims` parameter (OpenID Connect Core 5.5) asks of the access token. */
export interface ClaimsRequest {
  /** The client can handle claims challenges (cp1). */
  continuousAccess: boolean;
  mfa: boolean;
  /** Authentication contexts asked for. Accepted, and not granted yet. */
  acrs: string[];
}

/** Throws 9002313 when the parameter is no JSON object. */
export function parseClaims(text: string | undefined): ClaimsRequest {
  const access = text ? field(parseObject(text), 'access_token') : undefined;
  return {
    continuousAccess: values(access, 'xms_cc').some((value) => value.toLowerCase() === 'cp1'),
    mfa: values(access, 'amr').includes('mfa'),
    acrs: values(access, 'acrs'),
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
