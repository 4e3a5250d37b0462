/** What gives power over Azure resources beside role assignments: read-only, subscription by subscription. */
import type { ArmCalls } from '#lib/azure/arm/calls.ts';
import { lastSegment } from '#lib/azure/arm/scope.ts';
import { type Harvest, harvest } from '#lib/domain/inventory.ts';
import type { OutsideSeen } from '#lib/domain/outside-role.ts';

interface Granted {
  principalId?: string;
  principalIdDisplayName?: string;
  roleDefinitionId?: string;
}
interface Registration {
  id?: string;
  properties?: {
    registrationDefinition?: {
      properties?: {
        registrationDefinitionName?: string;
        managedByTenantId?: string;
        managedByTenantName?: string;
        authorizations?: Granted[];
        eligibleAuthorizations?: Granted[];
      };
    };
  };
}

/** Rows of another tenant's people: whom a delegation names is not in ours. */
export async function readLighthouse(arm: ArmCalls, place: string, cursor: string | null): Promise<Harvest> {
  const first = `${place}/providers/Microsoft.ManagedServices/registrationAssignments?api-version=2022-10-01&$expandRegistrationDefinition=true`;
  const { rows, next } = await arm.page<Registration>(cursor ?? first);
  return harvest({ outside: rows.flatMap((row) => delegated(row, place)), next });
}

function delegated({ id = '', properties }: Registration, place: string): OutsideSeen[] {
  const definition = properties?.registrationDefinition?.properties ?? {};
  const by = definition.managedByTenantName ?? definition.managedByTenantId ?? null;
  const row = ({ principalId, principalIdDisplayName, roleDefinitionId }: Granted, eligible: boolean) => {
    const roleId = lastSegment(roleDefinitionId);
    return {
      kind: 'lighthouse',
      azureId: `${lastSegment(id)} ${principalId} ${roleId} ${eligible}`,
      principalId: principalId?.toLowerCase() ?? null,
      principalName: principalIdDisplayName ?? '',
      targetId: place,
      targetName: '',
      what: '',
      startsAt: null,
      endsAt: null,
      details: { roleId, eligible, by, offer: definition.registrationDefinitionName ?? null },
    } satisfies OutsideSeen;
  };
  return [
    ...(definition.authorizations ?? []).map((one) => row(one, false)),
    ...(definition.eligibleAuthorizations ?? []).map((one) => row(one, true)),
  ];
}

interface Vault {
  id?: string;
  name?: string;
  properties?: {
    enableRbacAuthorization?: boolean | null;
    accessPolicies?: { objectId?: string; permissions?: Record<string, string[] | undefined> }[];
  };
}

/** Vaults that ask roles have no policies in force, whatever is still written in them. */
export async function readKeyVaults(arm: ArmCalls, place: string, cursor: string | null): Promise<Harvest> {
  const first = `${place}/providers/Microsoft.KeyVault/vaults?api-version=2023-07-01`;
  const { rows, next } = await arm.page<Vault>(cursor ?? first);
  const asked = rows.filter(({ properties }) => properties?.enableRbacAuthorization !== true);
  return harvest({ outside: asked.flatMap(vaultPolicies), next });
}

function vaultPolicies({ id = '', name = '', properties }: Vault): OutsideSeen[] {
  return (properties?.accessPolicies ?? []).map(({ objectId = '', permissions = {} }) => ({
    kind: 'key_vault_policy',
    azureId: `${id} ${objectId}`,
    principalId: objectId.toLowerCase(),
    principalName: '',
    targetId: id.toLowerCase(),
    targetName: name,
    what: Object.entries(permissions)
      .flatMap(([of, may]) => (may && may.length > 0 ? [`${of}: ${may.join(', ')}`] : []))
      .join('; '),
    startsAt: null,
    endsAt: null,
    details: {},
  }));
}

interface Classic {
  name?: string;
  properties?: { emailAddress?: string; role?: string };
}

/** Retired in August 2024 and still listed where one was left over. */
export async function readClassicAdministrators(
  arm: ArmCalls,
  place: string,
  cursor: string | null,
): Promise<Harvest> {
  const first = `${place}/providers/Microsoft.Authorization/classicAdministrators?api-version=2015-07-01`;
  const { rows, next } = await arm.page<Classic>(cursor ?? first);
  return harvest({
    outside: rows.map(({ name = '', properties }): OutsideSeen => {
      const email = properties?.emailAddress ?? '';
      return {
        kind: 'classic_administrator',
        azureId: `${place} ${name || email}`,
        principalId: null,
        principalName: email,
        targetId: place,
        targetName: '',
        what: properties?.role ?? '',
        startsAt: null,
        endsAt: null,
        details: { email },
      };
    }),
    next,
  });
}
