/** What went wrong with the database, read from whatever error came of it. */

/** Node's words for a server that cannot be reached, and PostgreSQL's for one that goes, comes, is full or is held up. */
const unreachable = /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH)$/;
const outOfService = /^(08\w{3}|53\w{3}|57\w{3}|55P03|25P03|25006|40003)$/;
/** pg's own, which have no code. */
const lostConnection =
  /^(timeout exceeded when trying to connect|Connection terminated|Client (has encountered a connection error|was closed) and is not queryable|Query read timeout|Cannot use a pool after)/;

/** The error and what it came of, outermost first. */
function* causes(error: unknown): Generator<Error & { code?: unknown }> {
  for (let one = error; one instanceof Error; one = one.cause) yield one;
}

const codeOf = ({ code }: { code?: unknown }) => (typeof code === 'string' ? code : '');

/** The database could not be reached, or did not get to it: nothing is wrong with what it was asked. */
export function isAway(error: unknown): boolean {
  for (const one of causes(error)) {
    const code = codeOf(one);
    if (unreachable.test(code) || outOfService.test(code) || lostConnection.test(one.message)) return true;
  }
  return false;
}

/** Two transactions were in each other's way, and the database undid this one: the same again may pass. */
export function isCollision(error: unknown): boolean {
  for (const one of causes(error)) if (['40001', '40P01'].includes(codeOf(one))) return true;
  return false;
}

/** A query through the handle that failed, as Drizzle tells it: not the network to somewhere else. */
export function isQueryFailure(error: unknown): boolean {
  return error instanceof Error && 'query' in error && 'params' in error;
}
