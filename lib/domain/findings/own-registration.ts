import type { FindingKind, Found } from '#lib/domain/finding.ts';
import type { OutsideKind } from '#lib/domain/outside-role.ts';
import { minute } from '#lib/domain/time.ts';
import { day } from './words.ts';

/** A credential, an owner or a role holder of one of Stint's own registrations. */
export interface OwnAddition {
  kind: OutsideKind;
  /** Unique within its kind. */
  azureId: string;
  registration: string;
  /** Who owns it or holds the role; the application itself for a credential. */
  principalId: string | null;
  principalName: string;
  /** The secret's name, or the role. */
  what: string;
  startsAt: Date | null;
  endsAt: Date | null;
  firstSeenAt: Date;
  /** Since when Stint knows all of this kind that the registration had; null: not yet. */
  knownSince: Date | null;
}

const newDays = 30;

const additions: Partial<Record<OutsideKind, { kind: FindingKind; noun: string; next: string }>> = {
  credential: {
    kind: 'stint_credential_added',
    noun: 'credential',
    next: 'Ask who made it. If nobody answers for it, delete it in Entra now: who has it can act as Stint.',
  },
  federated_credential: {
    kind: 'stint_credential_added',
    noun: 'federated credential',
    next: 'Ask who made it. If nobody answers for it, delete it in Entra now: what it names can act as Stint.',
  },
  application_owner: {
    kind: 'stint_owner_added',
    noun: 'owner',
    next: 'Ask why. An owner can add credentials, and so act as Stint: remove who does not run it.',
  },
  application_permission: {
    kind: 'stint_role_added',
    noun: 'role holder',
    next: 'Ask who gave it. Remove the assignment under Enterprise applications, Stint, Users and groups, if it was not meant.',
  },
};

/** Something added to Stint's own registrations: since Stint knows them, or within the last 30 days; it says which. */
export function ownAddition(one: OwnAddition, now: Date): Found | null {
  const as = additions[one.kind];
  if (!as) return null;
  const isNew = one.startsAt !== null && now.getTime() - one.startsAt.getTime() <= newDays * 1440 * minute;
  // By what Stint saw itself: who adds a credential chooses its start.
  const isLater = one.knownSince !== null && one.firstSeenAt > one.knownSince;
  if (!isNew && !isLater) return null;
  const who = as.kind === 'stint_credential_added' ? one.what || 'without a name' : one.principalName;
  return {
    kind: as.kind,
    subject: `${one.kind} ${one.azureId}`,
    risk: 'high',
    title: `${one.registration} has a new ${as.noun}: ${who}`,
    evidence: [
      { label: 'Registration', value: one.registration },
      { label: 'New', value: `${as.noun}: ${who}` },
      ...(as.kind === 'stint_role_added' ? [{ label: 'Role', value: one.what }] : []),
      ...(one.startsAt ? [{ label: 'Begun', value: day(one.startsAt) }] : []),
      ...(one.endsAt ? [{ label: 'Ends', value: day(one.endsAt) }] : []),
      { label: 'Stint first saw it', value: day(one.firstSeenAt) },
      {
        label: 'Why it is told',
        value: isLater
          ? `it was not there when Stint came to know the registration, ${day(one.knownSince ?? now)}`
          : `it began within the last ${newDays} days`,
      },
    ],
    nextStep: as.next,
    principalId: one.principalId,
    assignmentId: null,
  };
}
