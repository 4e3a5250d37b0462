import { AzureFault } from '#lib/azure/faults.ts';
import type { Lock } from '#lib/domain/lock.ts';
import type { ReaderCalls } from './calls.ts';

interface LockRow {
  id?: string;
  name?: string;
  properties?: { level?: string };
}

const type = /\/providers\/microsoft\.authorization\/locks\/[^/]+$/i;

/** Management locks of a subscription, with those of all that lies in it (Microsoft.Authorization/locks, 2020-05-01). */
export async function readLocks(calls: ReaderCalls, subscriptionId: string): Promise<Lock[]> {
  const arm = await calls.arm();
  try {
    const rows = await arm.rawAll<LockRow>(
      `${subscriptionId}/providers/Microsoft.Authorization/locks?api-version=2020-05-01`,
    );
    return rows.flatMap(lockOf);
  } catch (error) {
    // A subscription that is gone has no locks.
    if (error instanceof AzureFault && error.kind === 'not_found') return [];
    throw error;
  }
}

function lockOf({ id = '', name = '', properties }: LockRow): Lock[] {
  const { level } = properties ?? {};
  if (!type.test(id) || (level !== 'CanNotDelete' && level !== 'ReadOnly')) return [];
  return [{ name, level, scopeId: id.replace(type, '') }];
}
