import { eligibleOnce } from '#lib/azure/eligible-once.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { isTakenBy } from '#lib/azure/is-taken.ts';
import type { LiveOptions } from '#lib/azure/live-options.ts';
import type { FiledRequest, PersonPort } from '#lib/azure/ports.ts';
import { decideApproval, readApproval } from './approvals.ts';
import { type GraphCalls, graphCalls } from './calls.ts';
import type { Dialect, OwnRequest } from './dialect.ts';
import { isOurs } from './is-ours.ts';

/** A plane of PIM behind Graph, as the signed-in person may use it. */
export function graphPort<E, A, R>(options: LiveOptions, dialect: Dialect<E, A, R>): PersonPort {
  const { eligiblePath, activePath, requestsPath, approvals } = dialect;
  const open = (token: string) => graphCalls(options, token);
  const mine = (path: string) => `${path}/filterByCurrentUser(on='principal')`;

  return {
    async eligible(token, principalId) {
      const calls = open(token);
      const rows = await calls.list<E>(`${mine(eligiblePath)}?${dialect.expand}`);
      const assignments = eligibleOnce(rows.map((row) => dialect.eligible(row, principalId)));
      return named(calls, dialect, assignments);
    },
    async active(token) {
      const calls = open(token);
      const rows = await calls.list<A>(`${mine(activePath)}?${dialect.expand}`);
      return named(calls, dialect, rows.map(dialect.active));
    },
    async activate(token, activation) {
      const calls = open(token);
      const before = await findOwn(calls, dialect, (own) => own.mark === activation.requestId);
      if (before) return before;
      try {
        const row = await calls.post<R>(requestsPath, dialect.activateBody(activation));
        return filedOf(dialect, row);
      } catch (fault) {
        if (!(fault instanceof AzureFault) || fault.kind !== 'already_exists') throw fault;
        const twin = await findOwn(calls, dialect, (own) => isOurs(own, activation));
        if (!twin) throw fault;
        return twin;
      }
    },
    filed: (token, { requestId, azureId }) =>
      findOwn(open(token), dialect, (own) =>
        azureId ? own.filed.azureId === azureId : own.mark === requestId,
      ),
    async isTaken(token, { requestId, role, now }) {
      const calls = open(token);
      const [rows, active] = await Promise.all([
        calls.list<R>(mine(requestsPath)),
        calls.list<A>(`${mine(activePath)}?${dialect.expand}`),
      ]);
      const own = rows.flatMap((row) => dialect.own(row) ?? []);
      const others = own.filter(({ mark }) => mark !== requestId);
      return isTakenBy(others, active.map(dialect.active), role, now);
    },
    async deactivate(token, of) {
      try {
        await open(token).post(requestsPath, dialect.deactivateBody(of));
      } catch (fault) {
        if (!(fault instanceof AzureFault) || fault.kind !== 'not_active') throw fault;
      }
    },
    async cancel(token, { azureId }) {
      try {
        await open(token).post(`${requestsPath}/${azureId}/cancel`, {});
      } catch (fault) {
        // Graph answers 400 for what is provisioned or over, without a code of its own.
        throw fault instanceof AzureFault && fault.status === 400 ? fault.as('not_cancellable') : fault;
      }
    },
    async awaitingMe(token) {
      const calls = open(token);
      const filter = `$filter=status eq 'PendingApproval'&${dialect.expand}`;
      const rows = await calls.list<R>(`${requestsPath}/filterByCurrentUser(on='approver')?${filter}`);
      return named(calls, dialect, rows.map(dialect.awaiting));
    },
    decide: (token, decision) => decideApproval(open(token), approvals, decision),
    approval: (token, approvalId) => readApproval(open(token), approvals, approvalId),
    works: (token, { role, definition }) => dialect.works(open(token), role, definition),
  };
}

/** The newest of the person's own activations that fits. */
async function findOwn<E, A, R>(
  calls: GraphCalls,
  dialect: Dialect<E, A, R>,
  fits: (own: OwnRequest) => boolean,
): Promise<FiledRequest | null> {
  const rows = await calls.list<R>(`${dialect.requestsPath}/filterByCurrentUser(on='principal')`);
  const found = rows
    .flatMap((row) => dialect.own(row) ?? [])
    .filter(fits)
    .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
  return found[0]?.filed ?? null;
}

function filedOf<E, A, R>(dialect: Dialect<E, A, R>, row: R): FiledRequest {
  const own = dialect.own(row);
  if (own) return own.filed;
  throw new AzureFault('unknown_outcome', { message: 'Graph’s answer to the activation cannot be read.' });
}

async function named<E, A, R, T extends { scopeId: string; scopeName: string }>(
  calls: GraphCalls,
  dialect: Dialect<E, A, R>,
  rows: T[],
): Promise<T[]> {
  const nameless = new Set(rows.filter(({ scopeName }) => !scopeName).map(({ scopeId }) => scopeId));
  const names = await dialect.scopeNames(calls, [...nameless]);
  return rows.map((row) => ({ ...row, scopeName: row.scopeName || (names.get(row.scopeId) ?? row.scopeId) }));
}
