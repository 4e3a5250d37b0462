import {
  type IPublicClientApplication,
  type PopupRequest,
  PublicClientApplication,
} from '@azure/msal-browser';
import type { StepUpAsk } from '#lib/domain/proof.ts';

const patienceMilliseconds = 10 * 60_000;
let kept: { key: string; client: Promise<IPublicClientApplication> } | undefined;

/** Microsoft's client for the step-up registration: what it learns stays in memory, and goes with the page. */
export function pageClient(ask: StepUpAsk): Promise<IPublicClientApplication> {
  const key = `${ask.clientId} ${ask.authority}`;
  if (kept?.key === key) return kept.client;
  const client = made(ask);
  kept = { key, client };
  client.catch(() => {
    kept = undefined;
  });
  return client;
}

async function made(ask: StepUpAsk): Promise<IPublicClientApplication> {
  const client = new PublicClientApplication({
    auth: {
      clientId: ask.clientId,
      authority: ask.authority,
      knownAuthorities: [new URL(ask.authority).host],
      authorityMetadata: ask.authorityMetadata,
      redirectUri: ask.redirectUri,
    },
    cache: { cacheLocation: 'memoryStorage' },
    // Its own patience is a minute: less than a person with a key in a drawer needs.
    system: { popupBridgeTimeout: patienceMilliseconds },
  });
  await client.initialize();
  return client;
}

/** Asks for a new sign-in at the keyboard, of this person, with the context met where one is named. */
export function popupRequest({ scope, person, context, redirectUri }: StepUpAsk): PopupRequest {
  const claims = context && JSON.stringify({ access_token: { acrs: { essential: true, value: context } } });
  return {
    scopes: [scope],
    prompt: 'login',
    loginHint: person.upn,
    redirectUri,
    overrideInteractionInProgress: true,
    ...(claims ? { claims } : {}),
  };
}
