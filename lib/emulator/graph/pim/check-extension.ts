import { isRow, type Row } from '#lib/emulator/graph/exchange.ts';
import { badRequest } from '#lib/emulator/graph/refusal.ts';
import type { CustomExtension } from '#lib/emulator/graph-state.ts';
import type { State } from '#lib/emulator/state.ts';

const resourceTypes = ['entraRoles', 'entraGroups', 'azureResources'];
const types = ['preApproval', 'postApproval', 'grant', 'revoke'];

/**
 * A custom extension that could be called: an https endpoint (on this machine http will do), and an Application ID URI of an
 * application here that names the endpoint's host and ends with the client id. Throws Request_BadRequest.
 */
export function checkExtension(state: State, sent: Row & { id: string }): CustomExtension {
  const { displayName, resourceType, type } = sent;
  if (typeof displayName !== 'string' || displayName.trim() === '')
    throw badRequest('displayName is required.');
  if (!resourceTypes.includes(String(resourceType))) throw badRequest('resourceType is not valid.');
  if (type !== undefined && type !== null && !types.includes(String(type)))
    throw badRequest('type is not valid.');
  const client = part(sent, 'clientConfiguration');
  for (const name of ['timeoutInMilliseconds', 'maximumRetries']) {
    const value = client[name];
    if (value !== undefined && (!Number.isInteger(value) || Number(value) < 0))
      throw badRequest(`${name} is not valid.`);
  }
  checkAudience(state, urlOf(part(sent, 'endpointConfiguration').targetUrl), sent);
  return sent;
}

function urlOf(value: unknown): URL {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  const isLocal = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal))) {
    throw badRequest('targetUrl must be an https address.');
  }
  return url;
}

/** The resourceId must be among the application's identifier URIs, which are the service principal's names too. */
function checkAudience({ graph, servicePrincipals }: State, url: URL, sent: Row): void {
  const resourceId = String(part(sent, 'authenticationConfiguration').resourceId ?? '');
  const application = graph.applications.find(({ identifierUris }) => identifierUris.includes(resourceId));
  if (!application || !servicePrincipals.some(({ appId }) => appId === application.appId)) {
    throw badRequest('The resourceId is not present in the service principal names for application id.');
  }
  if (resourceId !== `api://${url.hostname}/${application.appId}`) {
    throw badRequest('The resourceId must name the host of targetUrl and end with the client id.');
  }
}

function part(sent: Row, name: string): Row {
  const value = sent[name];
  if (value !== undefined && !isRow(value)) throw badRequest(`${name} is not valid.`);
  return value ?? {};
}
