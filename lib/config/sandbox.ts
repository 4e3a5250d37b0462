/** What the sandbox goes by, which everybody knows: the emulator is seeded with the same. */
import type { Identity } from './credential.ts';

export const sandboxTenant = 'c0470500-0000-4000-8000-000000000001';
export const sandboxSignIn: Identity = {
  clientId: '5717a000-0000-4000-8000-000000000001',
  credential: { kind: 'secret', secret: 'sandbox-secret' },
};
export const sandboxReader: Identity = {
  clientId: '5717a000-0000-4000-8000-000000000003',
  credential: { kind: 'secret', secret: 'reader-secret' },
};
export const sandboxApplier: Identity = {
  clientId: '5717a000-0000-4000-8000-000000000004',
  credential: { kind: 'secret', secret: 'applier-secret' },
};
/** The page that asks for a stronger sign-in: a browser, which has nothing to prove itself with. */
export const sandboxStepUp = '5717a000-0000-4000-8000-000000000005';
/** PIM calls Stint with tokens for it; it has no credential, since Stint asks for nothing as it. */
export const sandboxExtension = '5717a000-0000-4000-8000-000000000006';
export const sandboxWatched = `${sandboxApplier.clientId}, ${sandboxStepUp}, ${sandboxExtension}`;
export const sandboxBreakGlass = 'breakglass.one@contoso.example, breakglass.two@contoso.example';
