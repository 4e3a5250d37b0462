/**
 * What Stint asks of Azure, in Stint's words. Behind a port is Azure, or a separate program that answers
 * like Azure, or (in unit tests) the in-memory fake. Every method throws only `AzureFault`.
 * A `token` is a bearer token of the plane's audience: Graph for `entra` and `group`, ARM for `azure`.
 */
import type { AssignmentKept, ChangeOutcome } from '#lib/domain/access-change.ts';
import type { AssigningRules } from '#lib/domain/assigning.ts';
import type { ActiveAssignment, EligibleAssignment, RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import type { Harvest, Part } from '#lib/domain/inventory.ts';
import type { Lock } from '#lib/domain/lock.ts';
import type { Place } from '#lib/domain/narrower.ts';
import type { Plane } from '#lib/domain/plane.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import type { Works } from '#lib/domain/usable.ts';

/** An activation to file. `requestId` is Stint's: ARM takes it as the name, Graph carries it as a mark. */
export interface Activation extends RoleAtScope {
  requestId: string;
  principalId: string;
  eligibilityId: string;
  justification: string;
  ticketNumber: string;
  ticketSystem: string;
  /** null: now. */
  startsAt: Date | null;
  minutes: number;
  /** When Stint was first asked for it: what Azure holds from before is no earlier try of it. */
  filedAt?: Date;
}

export type FiledStatus =
  | 'pending_approval'
  | 'scheduled'
  | 'provisioning'
  | 'provisioned'
  | 'denied'
  | 'cancelled'
  | 'timed_out'
  | 'revoked'
  | 'failed';

/** A schedule request as Azure holds it. */
export interface FiledRequest {
  /** Azure's id: the GUID on all three planes. */
  azureId: string;
  /** What the approval calls want: a GUID on Graph, a full path on ARM; null without approval. */
  approvalId: string | null;
  status: FiledStatus;
  /** As Azure spells it. */
  azureStatus: string;
  startsAt: Date | null;
  endsAt: Date | null;
}

/** A request somebody waits on a decision for, as an approver sees it in Azure. */
export interface AwaitingDecision extends RoleAtScope, RoleNames {
  azureId: string;
  approvalId: string;
  principalId: string;
  principalName: string | null;
  justification: string;
  ticketNumber: string;
  ticketSystem: string;
  startsAt: Date | null;
  minutes: number | null;
  createdAt: Date;
  /** Stint's request id, when the justification carries our mark or ARM's name is one of ours; else null. */
  mark: string | null;
}

export interface Decision {
  approvalId: string;
  decision: 'approve' | 'deny';
  justification: string;
}

/** How an approval stands: open, or decided, by whom as far as Azure says. */
export interface ApprovalState {
  outcome: 'open' | 'approved' | 'denied' | 'lapsed';
  decidedById: string | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  justification: string;
}

/** One plane, as the signed-in person may use it. Self actions and decisions accept no other token. */
export interface PersonPort {
  eligible(token: string, principalId: string): Promise<EligibleAssignment[]>;
  active(token: string, principalId: string): Promise<ActiveAssignment[]>;
  /** Files the activation. Filing the same `requestId` twice has one effect and answers the first. */
  activate(token: string, activation: Activation): Promise<FiledRequest>;
  /** The request as Azure holds it now; null when Azure does not know it. */
  filed(
    token: string,
    of: { requestId: string; azureId: string | null; role: RoleAtScope },
  ): Promise<FiledRequest | null>;
  /**
   * Whether something else of the person’s own is seen to stand in the way of activating the role: it waits, is
   * scheduled or held, and is not `requestId`. False also while Azure does not show yet what it knows.
   */
  isTaken(
    token: string,
    of: { requestId: string; principalId: string; role: RoleAtScope; now: Date },
  ): Promise<boolean>;
  /**
   * Ends an activation now. Ending what is not active answers quietly: the state asked for is reached. The same
   * `attempt` twice is one ask; another is a new one, for what the first did not end.
   */
  deactivate(
    token: string,
    activation: RoleAtScope & {
      requestId: string;
      attempt?: number;
      principalId: string;
      eligibilityId: string;
    },
  ): Promise<void>;
  /** Takes back a request not yet granted or not yet started. */
  cancel(token: string, of: { azureId: string; role: RoleAtScope }): Promise<void>;
  awaitingMe(token: string): Promise<AwaitingDecision[]>;
  /** @throws AzureFault `already_decided` when another approver was first. */
  decide(token: string, decision: Decision): Promise<void>;
  approval(token: string, approvalId: string): Promise<ApprovalState>;
  /** Whether Azure lets the person do already what an active role gives; `definition` says what that is. */
  works(token: string, of: { role: RoleAtScope; definition: RoleDefinition | null }): Promise<Works>;
}

/** Azure's scopes, as the signed-in person may use them. */
export interface PlacesPort {
  /** The next level below a scope where the person may activate something; empty where there is none. */
  below(token: string, scopeId: string): Promise<Place[]>;
}

/** A person or group as the directory knows it. */
export interface DirectoryPerson {
  id: string;
  name: string;
  upn: string | null;
  kind: 'member' | 'guest';
  enabled: boolean;
  jobTitle: string | null;
  department: string | null;
}

/** An activation as a reading of the whole tenant finds it. */
export interface ActivationSeen extends ActiveAssignment {
  principalId: string;
  principalName: string | null;
  /** Azure's id of the assignment's instance. */
  assignmentId: string;
}

/** What a reading of a whole plane brought. What lies in a place that is not in `places` stays unknown. */
export interface TenantReading {
  held: ActivationSeen[];
  /** Every place that answered, as `placeOf` names it: the directory, a group, a subscription, a management group. */
  places: string[];
  /** What could not be read, and why. */
  gaps: { place: string; why: string }[];
}

/** What Azure's audit log tells of an activation. */
export interface ActivationTold {
  byName: string | null;
  justification: string;
  ticketNumber: string;
  askedAt: Date;
  /** Azure's id of the request, where the log tells it. */
  azureId: string | null;
}

/** The Reader identity: application permissions, read-only, over the whole tenant. */
export interface ReaderPort {
  /** The policy of a role at a scope, approvers expanded to people; null when Azure has none there. */
  policy(role: RoleAtScope): Promise<PolicyFacts | null>;
  /** For groups: what belonging to the group gives is not in here. null: no such role. */
  roleDefinition(role: RoleAtScope): Promise<RoleDefinition | null>;
  people(ids: readonly string[]): Promise<DirectoryPerson[]>;
  /** The activated assignment this principal holds of the role right now; null when there is none visible. */
  activated(role: RoleAtScope, principalId: string): Promise<ActiveAssignment | null>;
  /**
   * Every activation of the plane, of everybody; assignments that are not activations are left out. Groups
   * cannot all be found from Graph: `knownGroups` are read besides those that are.
   */
  activatedEverywhere(plane: Plane, knownGroups: readonly string[]): Promise<TenantReading>;
  /** Every lock of a subscription: its own, and those of groups and resources in it. */
  locks(subscriptionId: string): Promise<Lock[]>;
  /** What the directory's audit log tells of it; null when it tells nothing, or may not be read. */
  whoActivated(activation: ActivationSeen): Promise<ActivationTold | null>;
}

/** The Reader again, reading everything: one page of one list at one place. */
export interface InventoryPort {
  /**
   * The page at `cursor` (null: the first) of a list.
   * @throws AzureFault; `not_allowed` or `not_found` say that the place cannot be read, and always will.
   */
  page(part: Part, cursor: string | null): Promise<Harvest>;
}

/**
 * What the Applier is told to do with an assignment; leave and rejoin: with the membership that gives it. ways: nothing
 * but to say how one is in the group.
 */
export const applierSteps = [
  'remove',
  'make_eligible',
  'make_time_bound',
  'restore',
  'ways',
  'leave',
  'rejoin',
] as const;
export type ApplierStep = (typeof applierSteps)[number];

export interface Act {
  changeId: string;
  /** How often Azure has given this change a final answer: the same round twice is one ask. */
  round: number;
  kept: AssignmentKept;
  /** The group to leave, or to come back into, and who does: not always who has the assignment. */
  memberId: string;
  wayGroupId: string | null;
  /** What earlier steps told, such as how a membership was held. */
  facts: Record<string, string>;
  /** Stint's time, ISO 8601. */
  now: string;
}

/** What Azure made of it. told: it took it, with what is to be remembered. gone: there was nothing any more. */
export type Told =
  | { is: 'told'; facts: Record<string, string> }
  | { is: 'gone' }
  /** `why` is in Azure’s own words, or ours where it was not asked; `isHalf`: something was done before it. */
  | {
      is: 'obstacle';
      outcome: ChangeOutcome;
      why: string;
      isHalf?: boolean | undefined;
      /** What whoever does it by hand has to know. */
      facts?: Record<string, string> | undefined;
    };

/** The Applier identity: may change assignments, and works where nobody can reach it. */
export interface ApplierPort {
  /** The application id of the registration that acts. */
  clientId(): Promise<string>;
  /** @throws AzureFault when the same may be told again later; everything else Azure says is an answer. */
  act(step: ApplierStep, act: Act): Promise<Told>;
}

/** The Reader again, looking whether the tenant shows what the Applier did. */
export interface ProofPort {
  /** Whether exactly this principal has exactly this role there, of itself. An activation is no assignment. */
  shows(
    of: RoleAtScope & { principalId: string },
    as: 'eligible' | 'assigned' | 'activated',
  ): Promise<boolean>;
  /** The assignment itself, with its end; null: there is none. */
  assigned(of: RoleAtScope & { principalId: string }): Promise<{ endsAt: Date | null } | null>;
  /** Whether somebody is in a group directly: permanently, by PIM, or eligible to be. */
  isMember(groupId: string, memberId: string): Promise<boolean>;
  /** Whether somebody is in a group, directly or through however many others. */
  isWithin(groupId: string, memberId: string): Promise<boolean>;
  /** What the role’s policy lets administrators give; null: there is none to be seen. */
  assigning(role: RoleAtScope): Promise<AssigningRules | null>;
}

/** The signed-in person's own account. */
export interface AccountPort {
  /**
   * Ends every sign-in of theirs: refresh tokens and browser sessions, of all applications, within minutes. Access
   * tokens already issued live out their time. POST /me/revokeSignInSessions, User.RevokeSessions.All.
   */
  revokeSessions(token: string): Promise<void>;
}

export type PersonPorts = Record<Plane, PersonPort>;
export interface AzurePorts {
  person: PersonPorts;
  places: PlacesPort;
  reader: ReaderPort;
}
