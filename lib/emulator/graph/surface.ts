import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Answer, Call, Surface, World } from '#lib/emulator/wire.ts';
import { auditRoutes } from './audit-routes.ts';
import { authenticationContextRoutes } from './authentication-context-routes.ts';
import { conditionalAccessRoutes } from './conditional-access-routes.ts';
import { directoryRoutes } from './directory/routes.ts';
import { type Exchange, isRow, type Route } from './exchange.ts';
import { decisionRoutes } from './governance/decision-routes.ts';
import { packageApprovalRoutes } from './governance/package-approval-routes.ts';
import { reviewRoutes } from './governance/review-routes.ts';
import { consistencyNeeded } from './odata/collection.ts';
import { approvalRoutes } from './pim/approval-routes.ts';
import { customExtensionRoutes } from './pim/custom-extension-routes.ts';
import { entraFamily } from './pim/entra-family.ts';
import { groupDiscoveryRoutes } from './pim/group-discovery-routes.ts';
import { groupFamily } from './pim/group-family.ts';
import { policyRoutes } from './pim/policy-routes.ts';
import { policyWrites } from './pim/policy-writes.ts';
import { requestRoutes } from './pim/request-routes.ts';
import { roleAssignmentRoutes } from './pim/role-assignment-routes.ts';
import { roleDefinitionRoutes } from './pim/role-definition-routes.ts';
import { scheduleRoutes } from './pim/schedule-routes.ts';
import { GraphRefusal, methodNotAllowed } from './refusal.ts';
import { reportRoutes } from './report-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';

const families = [entraFamily, groupFamily];
const routes = [
  ...families.flatMap(scheduleRoutes),
  ...families.flatMap(requestRoutes),
  ...families.flatMap(approvalRoutes),
  ...roleDefinitionRoutes,
  ...roleAssignmentRoutes,
  ...policyRoutes,
  ...policyWrites,
  ...directoryRoutes,
  ...auditRoutes,
  ...signInRoutes,
  ...reportRoutes,
  ...authenticationContextRoutes,
  ...groupDiscoveryRoutes,
  ...customExtensionRoutes,
  ...conditionalAccessRoutes,
  ...reviewRoutes,
  ...decisionRoutes,
  ...packageApprovalRoutes,
].map((route) => ({ ...route, pattern: compile(route.path) }));

/** Microsoft Graph under /v1.0 and /beta. What it does not know it refuses with 501 and says so on the console. */
export const graphSurface: Surface = (call, world) => {
  try {
    return answer(call, world);
  } catch (error) {
    if (error instanceof PimRefusal || error instanceof GraphRefusal) return refuse(call, world, error);
    throw error;
  }
};

function answer(call: Call, world: World): Answer {
  const { caller } = call;
  if (!caller) throw new GraphRefusal(401, 'InvalidAuthenticationToken', 'Access token is empty.');
  if (caller.audience !== 'graph') {
    const message = 'Access token validation failure. Invalid audience.';
    throw new GraphRefusal(401, 'InvalidAuthenticationToken', message);
  }
  const [, version, path = ''] = /^\/(v1\.0|beta)(\/.*?)?\/*$/.exec(call.path) ?? [];
  if (version === 'v1.0' || version === 'beta') {
    // Delta queries look like the id of an object.
    const isDelta = /\/delta(\(\))?$/i.test(path);
    const found = isDelta ? null : answerPath({ call, world, caller, version, at: {} }, path);
    if (found) return found;
    if (!isDelta && routes.some(({ pattern }) => pattern.test(path))) throw methodNotAllowed();
  }
  console.log(`not emulated: ${call.method} ${call.path}`);
  throw new GraphRefusal(501, 'NotImplemented', `Not emulated: ${call.method} ${call.path}`);
}

function answerPath(exchange: Exchange, path: string): Answer | null {
  const counted = /^(.+)\/\$count$/.exec(path)?.[1];
  if (counted && exchange.call.method === 'GET') return count(exchange, counted);
  for (const route of routes) {
    const found = route.method === exchange.call.method ? route.pattern.exec(path) : null;
    if (!found) continue;
    if (route.version && route.version !== exchange.version) throw segmentMissing(route);
    return route.answer({ ...exchange, at: { ...found.groups } });
  }
  return null;
}

/** `…/$count`: the number alone, as text. Directory objects are counted for ConsistencyLevel: eventual only. */
function count(exchange: Exchange, path: string): Answer | null {
  const { call } = exchange;
  const query = new URLSearchParams({ $count: 'true', $top: '1' });
  for (const name of ['$filter', '$search']) {
    const value = call.query.get(name);
    if (value !== null) query.set(name, value);
  }
  const answer = answerPath({ ...exchange, call: { ...call, query } }, path);
  if (answer === null) return null;
  const body = isRow(answer.body) ? answer.body : {};
  if (!Array.isArray(body.value))
    throw new GraphRefusal(400, 'BadRequest', "Resource not found for the segment '$count'.");
  const total = body['@odata.count'];
  if (total === undefined) throw consistencyNeeded();
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: total };
}

/** A resource of the other version only. */
function segmentMissing({ path }: Route): GraphRefusal {
  const segment = path.split('/').at(3) ?? path;
  return new GraphRefusal(400, 'BadRequest', `Resource not found for the segment '${segment}'.`);
}

function refuse(call: Call, world: World, { status, code, message }: PimRefusal | GraphRefusal): Answer {
  const challenge = `Bearer realm="", authorization_uri="${call.origin}/common/oauth2/authorize"`;
  return {
    status,
    ...(status === 401 && { headers: { 'WWW-Authenticate': challenge } }),
    body: {
      error: {
        code,
        message,
        innerError: {
          date: new Date(world.now()).toISOString().slice(0, 19),
          'request-id': call.requestId,
          'client-request-id': call.clientRequestId,
        },
      },
    },
  };
}

function compile(path: string): RegExp {
  const source = path.replace(/[.()$]/g, '\\$&').replace(/\{(\w+)\}/g, "(?<$1>[^/']+)");
  return new RegExp(`^${source}$`, 'i');
}
