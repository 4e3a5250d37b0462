import type { CallIds } from '#lib/emulator/call-ids.ts';
import { jsonReply, type Reply } from '#lib/emulator/http.ts';

/** A refusal of the authority: an OAuth error with the AADSTS number that says exactly what is wrong. */
export class EntraError extends Error {
  readonly error: string;
  readonly number: number;
  readonly status: number;
  readonly more: { suberror?: string; claims?: string };

  constructor(
    error: string,
    number: number,
    words: string,
    more: { suberror?: string; claims?: string } = {},
  ) {
    super(`AADSTS${number}: ${words}`);
    this.name = 'EntraError';
    this.error = error;
    this.number = number;
    this.status = error === 'invalid_client' ? 401 : 400;
    this.more = more;
  }

  static missing(field: string): EntraError {
    const words = `The request body must contain the following parameter: '${field}'.`;
    return new EntraError('invalid_request', 900144, words);
  }

  static malformed(error = 'invalid_request'): EntraError {
    return new EntraError(error, 9002313, 'Invalid request. Request is malformed or invalid.');
  }

  static expired(): EntraError {
    const words =
      'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.';
    return new EntraError('invalid_grant', 70008, words);
  }

  static revoked(): EntraError {
    const words = 'The provided grant has expired due to it being revoked, a fresh auth token is needed.';
    return new EntraError('invalid_grant', 50173, words);
  }

  static unknownUser(login: string, tenant: string): EntraError {
    return new EntraError(
      'invalid_grant',
      50034,
      `The user account ${login} does not exist in the ${tenant} directory. To sign into this application, the account must be added to the directory.`,
    );
  }

  static disabledUser(): EntraError {
    return new EntraError('invalid_grant', 50057, 'The user account is disabled.');
  }

  static mfaWanted(claims: string | undefined): EntraError {
    const words =
      'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.';
    return new EntraError('interaction_required', 50076, words, {
      suberror: 'basic_action',
      ...(claims ? { claims } : {}),
    });
  }
}

/** `AADSTS…: words`, then the ids and the time, as Entra prints descriptions. */
export function describe(error: EntraError, ids: CallIds, now: number): string {
  const trail = [
    `Trace ID: ${ids.requestId}`,
    `Correlation ID: ${ids.clientRequestId}`,
    `Timestamp: ${stamp(now)}`,
  ];
  return [error.message, ...trail].join('\r\n');
}

/** The JSON form of a refusal, for the token endpoint and everything else a program calls. */
export function errorReply(error: EntraError, ids: CallIds, now: number): Reply {
  return jsonReply(error.status, {
    error: error.error,
    error_description: describe(error, ids, now),
    error_codes: [error.number],
    timestamp: stamp(now),
    trace_id: ids.requestId,
    correlation_id: ids.clientRequestId,
    ...error.more,
  });
}

function stamp(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}
