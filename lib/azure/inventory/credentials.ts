import type { KeyCredential, PasswordCredential } from '@microsoft/microsoft-graph-types';
import { momentOf } from '#lib/azure/schedule.ts';
import type { OutsideSeen } from '#lib/domain/outside-role.ts';

/** What has credentials: an application, or a service principal, which may have some of its own. */
interface Holder {
  id?: string;
  appId?: string | null;
  displayName?: string | null;
  passwordCredentials?: PasswordCredential[];
  keyCredentials?: KeyCredential[];
}

/**
 * Secrets and certificates with their time; never what they are. `on` says where they lie, `principalId` whose they
 * are where that is known.
 */
export function credentialsOf(
  holder: Holder,
  on: 'application' | 'service principal',
  principalId: string | null,
): OutsideSeen[] {
  const { id = '', appId = null, displayName, passwordCredentials = [], keyCredentials = [] } = holder;
  const name = displayName ?? appId ?? '';
  const row = (
    { keyId, displayName: called, startDateTime, endDateTime }: PasswordCredential | KeyCredential,
    type: 'secret' | 'certificate',
    hint: string | null,
  ): OutsideSeen => ({
    kind: 'credential',
    azureId: `${id} ${keyId}`,
    principalId,
    principalName: name,
    targetId: id,
    targetName: name,
    what: called ?? '',
    startsAt: momentOf(startDateTime),
    endsAt: momentOf(endDateTime),
    details: { appId, type, on, hint, keyId: keyId ?? null },
  });
  return [
    ...passwordCredentials.map((one) => row(one, 'secret', one.hint ?? null)),
    ...keyCredentials.map((one) => row(one, 'certificate', null)),
  ];
}
