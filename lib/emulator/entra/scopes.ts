import type { Registration } from '#lib/emulator/state.ts';
import { EntraError } from './error.ts';
import { audienceOf, type ResourceName, resourceNamed } from './resources.ts';

const openIdScopes = ['openid', 'profile', 'email', 'offline_access'];

/** A `scope` parameter, taken apart. */
export interface ScopeAsk {
  /** openid, profile, email, offline_access: those that were asked. */
  openId: string[];
  permissions: { resource: ResourceName; name: string; text: string }[];
}

/** Throws invalid_scope (70011) for what is no scope and for an address nobody has, invalid_resource (500011) for an application that is not here. */
export function parseScopes(text: string, registrations: Registration[]): ScopeAsk {
  const ask: ScopeAsk = { openId: [], permissions: [] };
  for (const scope of text.split(/\s+/).filter(Boolean)) {
    if (openIdScopes.includes(scope.toLowerCase())) ask.openId.push(scope.toLowerCase());
    else ask.permissions.push(parsePermission(scope, text, registrations));
  }
  return ask;
}

function parsePermission(
  scope: string,
  all: string,
  registrations: Registration[],
): ScopeAsk['permissions'][number] {
  const cut = scope.lastIndexOf('/');
  const name = scope.slice(cut + 1);
  if (!/^[\w.-]+$/.test(name) || (cut < 0 && name.startsWith('.'))) throw invalidScope(all);
  if (cut < 0) return { resource: 'graph', name, text: scope };
  const identifier = scope.slice(0, cut);
  const resource = resourceNamed(identifier, registrations);
  if (resource) return { resource, name, text: scope };
  if (/^https:/i.test(identifier)) throw invalidScope(scope);
  throw new EntraError(
    'invalid_resource',
    500011,
    `The resource principal named ${identifier} was not found in the tenant. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
  );
}

function invalidScope(text: string): EntraError {
  const words = `The provided value for the input parameter 'scope' is not valid. The scope ${text} is not valid.`;
  return new EntraError('invalid_scope', 70011, words);
}

/** The one resource of a token request. Throws 28000 for several, null when only OpenID scopes were asked. */
export function onlyResource(ask: ScopeAsk): ResourceName | null {
  const resources = new Set(ask.permissions.map((permission) => permission.resource));
  if (resources.size <= 1) return ask.permissions[0]?.resource ?? null;
  const words =
    'Provided value for the input parameter scope is not valid because it contains more than one resource.';
  throw new EntraError('invalid_request', 28000, words);
}

/**
 * The delegated permissions the ask comes to, in their registered spelling: those named, or all consented ones
 * of the resource for `.default`. Throws 65001 for a permission nobody consented to.
 */
export function consentedNames(registration: Registration, ask: ScopeAsk, resource: ResourceName): string[] {
  const own = registration.appId === resource ? (registration.api?.scopes ?? []) : [];
  const others = (registration.apiPermissions ?? []).filter(({ appId }) => appId === resource);
  const consented = registration.delegatedPermissions
    .filter((permission) => permission.resource === resource)
    .flatMap((permission) => permission.names)
    .concat(own, ...others.map((permission) => permission.names))
    .filter((name) => !openIdScopes.includes(name));
  const granted = new Set<string>();
  for (const { resource: of, name } of ask.permissions) {
    if (of !== resource) continue;
    const found = name === '.default' ? consented : consented.filter((one) => sameName(one, name));
    if (found.length === 0) throw notConsented(registration);
    for (const one of found) granted.add(one);
  }
  return [...granted];
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function notConsented(registration: Registration): EntraError {
  const words = `The user or administrator has not consented to use the application with ID '${registration.appId}' named '${registration.displayName}'. Send an interactive authorization request for this user and resource.`;
  return new EntraError('invalid_grant', 65001, words, { suberror: 'consent_required' });
}

/** The `scope` of a token answer: as it was asked, so that a client finds its token again, and in full. */
export function grantedText(ask: ScopeAsk, resource: ResourceName, names: string[]): string {
  const written = ask.permissions.find((one) => one.resource === resource && one.text.includes('/'))?.text;
  // An application of ours is named as it was asked for; Microsoft's two always in full.
  const base = resource === audienceOf(resource) ? written?.replace(/\/[^/]*$/, '') : audienceOf(resource);
  const full = names.map((name) => `${base}/${name}`);
  const asked = ask.permissions
    .filter((permission) => permission.resource === resource)
    .map(({ text }) => text);
  return [...new Set([...ask.openId.filter((scope) => scope !== 'offline_access'), ...asked, ...full])].join(
    ' ',
  );
}

/** The same scopes without other resources than the first named: what a grant is for when no scope is sent with it. */
export function firstResource(scope: string, registrations: Registration[]): string {
  const { openId, permissions } = parseScopes(scope, registrations);
  const first = permissions.filter(({ resource }) => resource === permissions[0]?.resource);
  return [...openId, ...first.map(({ text }) => text)].join(' ');
}
