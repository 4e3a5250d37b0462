import { AzureFault } from '#lib/azure/faults.ts';

/** What a token of the fake says of its session. */
export interface FakeToken {
  principalId: string;
  mfa: boolean;
  /** Authentication contexts satisfied, such as `c1`. */
  contexts: string[];
}

/** A token for the fake's ports; with MFA unless told otherwise. */
export function fakeToken(
  principalId: string,
  session: Partial<Omit<FakeToken, 'principalId'>> = {},
): string {
  return `fake.${JSON.stringify({ principalId, mfa: true, contexts: [], ...session })}`;
}

/** @throws AzureFault `token_refused` for anything `fakeToken` did not make. */
export function readFakeToken(token: string): FakeToken {
  if (token.startsWith('fake.{')) return JSON.parse(token.slice(5));
  throw new AzureFault('token_refused', {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: 'Access token validation failure.',
  });
}
