import { STATUS_CODES } from 'node:http';
import type { ActivityEvent } from '#lib/emulator/arm-state.ts';
import type { State } from '#lib/emulator/state.ts';
import { derivedGuid } from './derived-guid.ts';
import { printedTime } from './printed.ts';

const SCHEMA = 'http://schemas.microsoft.com';
const XML = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
/** The log takes a moment to take a line in. */
const LAG_MS = 13_000;

/** The two rows of one write, newest first: its end and its beginning share operation and correlation. */
export function activityRows(state: State, event: ActivityEvent): object[] {
  return [activityRow(state, event, 'EndRequest'), activityRow(state, event, 'BeginRequest')];
}

function activityRow(state: State, event: ActivityEvent, name: 'BeginRequest' | 'EndRequest') {
  const ends = name === 'EndRequest';
  const word = (STATUS_CODES[event.status] ?? '').replaceAll(' ', '');
  const outcome = ends ? (event.status < 400 ? 'Succeeded' : 'Failed') : 'Started';
  const provider = event.action.split('/')[0] ?? '';
  const group = event.scope.split('/')[4];
  const subscription = /^\/subscriptions\/([^/]+)/.exec(event.scope)?.[1];
  const dataId = ends ? event.id : event.id.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  return {
    authorization: {
      action: event.action,
      ...(event.role === null ? {} : { role: event.role }),
      scope: event.resourceId,
    },
    caller: event.callerName,
    claims: claimsOf(state, event),
    correlationId: event.correlationId,
    description: '',
    eventDataId: dataId,
    eventName: named(name, ends ? 'End request' : 'Begin request'),
    httpRequest: {
      clientRequestId: event.clientRequestId,
      clientIpAddress: '127.0.0.1',
      method: event.method,
    },
    id: `${event.resourceId}/events/${dataId}/ticks/${ticks(event.at)}`,
    level: outcome === 'Failed' ? 'Error' : 'Informational',
    resourceGroupName: group ?? '',
    resourceProviderName: named(provider, provider),
    operationId: event.correlationId,
    operationName: named(event.action, event.action),
    properties: ends ? { statusCode: word } : {},
    status: named(outcome, outcome),
    subStatus: ends ? named(word, `${word} (HTTP Status Code: ${event.status})`) : named('', ''),
    eventTimestamp: printedTime(event.at),
    submissionTimestamp: printedTime(event.at + LAG_MS),
    ...(subscription === undefined ? {} : { subscriptionId: subscription }),
  };
}

/** Texts only, as the log keeps the token of the caller. */
function claimsOf(state: State, event: ActivityEvent): Record<string, string> {
  const issued = String(Math.floor(event.at / 1000));
  const user = state.users.find(({ id }) => id === event.callerId);
  const common = {
    aud: 'https://management.core.windows.net/',
    iss: `https://sts.windows.net/${state.tenantId}/`,
    iat: issued,
    nbf: issued,
    exp: String(Number(issued) + 3600),
    ver: '1.0',
    [`${SCHEMA}/identity/claims/tenantid`]: state.tenantId,
    [`${SCHEMA}/identity/claims/objectidentifier`]: event.callerId,
    appid: event.appId,
  };
  if (!user) return { ...common, appidacr: '1', idtyp: 'app' };
  return {
    ...common,
    appidacr: '1',
    puid: `1003${user.id.replaceAll('-', '').slice(-12).toUpperCase()}`,
    groups: state.groups
      .filter(({ memberIds }) => memberIds.includes(user.id))
      .map(({ id }) => id)
      .join(','),
    [`${XML}/nameidentifier`]: derivedGuid('subject', `${user.id} ${event.appId}`),
    [`${SCHEMA}/claims/authnclassreference`]: '1',
    [`${SCHEMA}/claims/authnmethodsreferences`]: event.mfa ? 'pwd,mfa' : 'pwd',
    [`${SCHEMA}/identity/claims/scope`]: 'user_impersonation',
    [`${XML}/upn`]: user.userPrincipalName,
    [`${XML}/name`]: user.userPrincipalName,
    [`${XML}/givenname`]: user.givenName,
    [`${XML}/surname`]: user.surname,
    name: user.displayName,
  };
}

function named(value: string, localizedValue: string): { value: string; localizedValue: string } {
  return { value, localizedValue };
}

/** .NET ticks: tenths of microseconds since the year 1. */
function ticks(ms: number): string {
  return String(BigInt(ms) * 10_000n + 621_355_968_000_000_000n);
}
