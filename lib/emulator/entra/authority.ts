import type { Keys } from '#lib/emulator/keys.ts';
import type { Ledger } from '#lib/emulator/ledger.ts';
import type { Registration } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { EntraError } from './error.ts';

/** The token authority of the local tenant. */
export interface Authority {
  world: World;
  keys: Keys;
  ledger: Ledger;
  /** The machine's clock in milliseconds: token times never follow the PIM clock. */
  machineNow(): number;
  httpsOrigin: string;
  httpOrigin: string;
}

/** The registration with this client id. Throws AADSTS700016 when the tenant has none. */
export function registrationOf(authority: Authority, clientId: string | undefined): Registration {
  if (!clientId) throw EntraError.missing('client_id');
  const { registrations, displayName } = authority.world.state;
  const found = registrations.find((registration) => registration.appId === clientId.toLowerCase());
  if (found) return found;
  const words = `Application with identifier '${clientId}' was not found in the directory '${displayName}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`;
  throw new EntraError('unauthorized_client', 700016, words);
}

/** The issuer of id tokens; the same on both doors. */
export function issuerOf(authority: Authority): string {
  return `${authority.httpsOrigin}/${authority.world.state.tenantId}/v2.0`;
}
