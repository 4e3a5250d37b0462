import { join } from 'node:path';
import { type Ledger, newLedger } from './ledger.ts';
import { readSnapshot, writeSnapshots } from './snapshot.ts';
import { type Scale, scaledTenant } from './tenant/scale.ts';
import { seedTenant } from './tenant/seed.ts';
import type { World } from './wire.ts';

export interface TenantWorld {
  world: World;
  ledger: Ledger;
  /** Back to the seed: assignments, requests, sign-ins and clock. Everything sealed before is revoked. */
  reset(): void;
  flush(): Promise<void>;
}

/** The tenant in memory, loaded from the folder or seeded, written back soon after every change. */
export function openTenant(
  folder: string,
  machineNow: () => number,
  log: (line: string) => void,
  scale: Scale | null = null,
): TenantWorld {
  if (scale) return scaledWorld(machineNow, scale);
  const path = join(folder, 'tenant.json');
  const kept = readSnapshot(path, log);
  const tenant: TenantWorld = {
    world: {
      // What an older snapshot lacks comes from the seed.
      state: { ...seedTenant(machineNow()), ...kept?.state },
      now: () => machineNow() + tenant.world.state.clockOffsetMs,
      changed: () => writer.soon(),
    },
    ledger: kept?.ledger ?? newLedger(),
    reset() {
      tenant.world.state = seedTenant(machineNow());
      Object.assign(tenant.ledger, newLedger());
      tenant.world.changed();
    },
    flush: () => writer.flush(),
  };
  const take = () => ({ version: 1 as const, state: tenant.world.state, ledger: tenant.ledger });
  const writer = writeSnapshots(path, take, log);
  // The seed counts from the moment it is made, so it is kept even when nothing happens.
  if (!kept) writer.soon();
  return tenant;
}

/** A tenant of another size: made anew at every start, and never written; a folder's own tenant is left alone. */
function scaledWorld(machineNow: () => number, scale: Scale): TenantWorld {
  const tenant: TenantWorld = {
    world: {
      state: scaledTenant(machineNow(), scale),
      now: () => machineNow() + tenant.world.state.clockOffsetMs,
      changed: () => {},
    },
    ledger: newLedger(),
    reset() {
      tenant.world.state = scaledTenant(machineNow(), scale);
      Object.assign(tenant.ledger, newLedger());
    },
    flush: async () => {},
  };
  return tenant;
}
