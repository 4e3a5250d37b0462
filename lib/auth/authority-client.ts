import { ConfidentialClientApplication } from '@azure/msal-node';
import { surroundings } from '#lib/config/config.ts';
import type { Identity } from '#lib/config/credential.ts';
import { clientCredential } from './client-credential.ts';
import { discovery } from './discovery.ts';
import { networkClient } from './network-client.ts';

/**
 * An MSAL client for one of Stint's registrations, with an empty cache of its own. One per person and call:
 * MSAL's cache plug-ins overwrite each other when two people share a client.
 */
export async function authorityClient(identity: Identity): Promise<ConfidentialClientApplication> {
  const { authorityOrigin, tenantId } = surroundings();
  const { document } = await discovery();
  return new ConfidentialClientApplication({
    auth: {
      clientId: identity.clientId,
      authority: `${authorityOrigin}/${tenantId}`,
      // Both spare MSAL its own questions about the authority: the first one is where, the second is what.
      knownAuthorities: [new URL(authorityOrigin).host],
      authorityMetadata: JSON.stringify(document),
      // Says that Stint understands claims challenges; PIM refuses some tokens without it.
      clientCapabilities: ['cp1'],
      ...clientCredential(identity.credential),
    },
    system: { networkClient },
  });
}
