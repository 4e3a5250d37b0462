import type { FindingKind } from './finding.ts';

/** What a finding of a kind means, for somebody who has never heard of it. */
export const findingHelp: Record<FindingKind, string> = {
  standing_privilege:
    'Somebody has a dangerous role all day, whether they work with it or not. Who takes over their account has it, too.',
  never_activated:
    'Somebody may activate a role and has not done so once. It is probably not needed, and is one more way in.',
  not_activated_lately:
    'Somebody used a role once and has not for 90 days. Work has moved on; the privilege has stayed.',
  window_too_long:
    'Each activation may last much longer than the work takes. What is left of the window is privilege without work.',
  oversized_role:
    'A role allows far more than a task needs, and at a subscription or wider it allows it everywhere below.',
  group_with_standing_members:
    'The group may hold Entra roles. Who is in it without an end has those roles without ever asking.',
  workload_standing:
    'An application, managed identity or agent has a dangerous role at every moment: nothing can activate for it.',
  workload_without_owner:
    'Nobody is named who answers for this workload: when its secret leaks, nobody is asked and nobody knows.',
  workload_idle:
    'A workload with privilege has not signed in for 90 days. It may be forgotten, but its credentials work.',
  guest_privileged:
    'Somebody from outside has privilege here. Their own organisation decides whether their account is safe, and when it ends.',
  disabled_assigned:
    'The account is switched off, and its assignments wait for whoever switches it on again.',
  no_approval_on_critical:
    'Whoever is eligible gives themselves a role that can do great harm; no second person looks.',
  context_without_policy:
    'Roles ask for a stronger sign-in by name, and no enabled conditional access policy says what that name means.',
  no_live_approver: 'The role needs approval, and nobody who could give it is still there.',
  activated_past_approval:
    'Stint’s own approval policy asks for signatures, and within the last 30 days somebody activated the role in another client without them.',
  stint_credential_added:
    'Who has a credential of Stint’s registration can act as Stint. Every new one should have been announced.',
  stint_owner_added: 'An owner of a registration can add credentials to it: it is as good as holding one.',
  stint_role_added:
    'Somebody can do more in Stint itself than before: administer it, read everything, or review.',
  break_glass_controls:
    'An account for emergencies must work when nothing else does. Something that would let it is missing.',
};
