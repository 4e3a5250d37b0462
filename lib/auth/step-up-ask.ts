import { config } from '#lib/config/config.ts';
import type { Call, ProofNeeded, StepUpAsk } from '#lib/domain/proof.ts';
import { discovery } from './discovery.ts';
import { ownUrl } from './own-url.ts';
import type { Session } from './session.ts';
import { stepUpScope } from './step-up-proof.ts';

/** What the page needs to ask for the sign-in that is missing; undefined: the authority is away, or none is set up. */
export async function stepUpAsk(
  { actor }: Session,
  { act }: Call,
  { wanted, trouble }: ProofNeeded,
): Promise<StepUpAsk | undefined> {
  const { stepUpClientId, authorityOrigin, tenantId } = config();
  const document = await documentForPages();
  if (stepUpClientId === null || !document) return undefined;
  return {
    act,
    trouble,
    context: wanted.context,
    person: { objectId: actor.objectId, name: actor.name, upn: actor.upn },
    clientId: stepUpClientId,
    scope: `api://${stepUpClientId}/${stepUpScope}`,
    authority: `${authorityOrigin}/${tenantId}`,
    authorityMetadata: document,
    redirectUri: ownUrl('/auth/step-up-bridge'),
  };
}

/** In the sandbox a browser knows nothing of the local certificate authority: it is sent to the plain door. */
async function documentForPages(): Promise<string | null> {
  const { authorityOrigin, emulatorHttpOrigin } = config();
  const found = await discovery().catch(() => null);
  if (!found || !emulatorHttpOrigin) return found && JSON.stringify(found.document);
  const { issuer, ...endpoints } = found.document;
  const plain = Object.entries(endpoints).map(([name, url]) => [
    name,
    url.replace(authorityOrigin, emulatorHttpOrigin),
  ]);
  return JSON.stringify({ issuer, ...Object.fromEntries(plain) });
}

/** Whether there is a registration by which a fresh sign-in can be asked for. */
export function canAskStepUp(): boolean {
  return config().stepUpClientId !== null;
}
