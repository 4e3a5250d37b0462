import { type Authority, issuerOf } from '#lib/emulator/entra/authority.ts';
import { signToken } from '#lib/emulator/entra/sign-token.ts';
import type { CustomExtension } from '#lib/emulator/graph-state.ts';
import { extensionRulesOf } from '#lib/emulator/pim/extension.ts';

/** The application as which PIM calls custom extensions. Source: Entra documentation's source text and live testers. */
export const pimAppId = '1c67c054-65c8-4f7f-92a1-eb7ba6e48627';
/** Its service principal here; another in every tenant. */
const pimObjectId = '7c3a1f0e-3c0a-4d5e-9b55-0d3f1c67c054';

/**
 * The token PIM shows an extension: v2.0 for the client id where the application asks for that version, otherwise v1.0 for
 * the Application ID URI.
 */
export function calloutToken(authority: Authority, extension: CustomExtension): Promise<string> {
  const { tenantId: tid, graph } = authority.world.state;
  const audience = resourceIdOf(extension);
  const application = graph.applications.find(({ identifierUris }) => identifierUris.includes(audience));
  const { tokens } = extensionRulesOf(authority.world.state);
  const isSecond = tokens ? tokens === 'v2' : application?.requestedAccessTokenVersion === 2;
  const common = { tid, oid: pimObjectId, sub: pimObjectId, idtyp: 'app' };
  if (application && isSecond) {
    return signToken(authority, {
      ...common,
      aud: application.appId,
      iss: issuerOf(authority),
      azp: pimAppId,
      azpacr: '2',
      ver: '2.0',
    });
  }
  const issuer = `https://sts.windows.net/${tid}/`;
  return signToken(authority, {
    ...common,
    aud: audience,
    iss: issuer,
    idp: issuer,
    appid: pimAppId,
    appidacr: '2',
    ver: '1.0',
  });
}

function resourceIdOf({ authenticationConfiguration }: CustomExtension): string {
  const configuration = Object(authenticationConfiguration) as { resourceId?: unknown };
  return String(configuration.resourceId ?? '');
}
