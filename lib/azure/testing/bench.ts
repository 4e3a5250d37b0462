import type { AzurePorts, DirectoryPerson } from '#lib/azure/ports.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import type { Plane } from '#lib/domain/plane.ts';

export type Person = Pick<DirectoryPerson, 'id' | 'name'> & { login: string };

/** Who plays in the contract, and which roles ask what. The engineer is eligible for all but `approversOwn`. */
export interface Cast {
  engineer: Person;
  /** Two approvers per plane. */
  approvers: Record<Plane, [Person, Person]>;
  /** Eligible for nothing, approver of nothing. */
  stranger: Person;
  /** A reason, no approval. */
  plain: Record<Plane, RoleAtScope>;
  /** A reason and an approval. */
  approved: Record<Plane, RoleAtScope>;
  /** Not even a reason. A Graph plane: ARM has our id to go by. */
  bare: RoleAtScope;
  ticket: RoleAtScope;
  mfa: RoleAtScope;
  stepUp: RoleAtScope;
  /** An approver is eligible for it, and is among those who decide it. */
  approversOwn: { role: RoleAtScope; person: Person };
}

/** A tenant to hold the ports against. */
export interface Bench {
  ports: AzurePorts;
  cast: Cast;
  token(person: Person, plane: Plane, session?: { mfa: boolean }): Promise<string>;
  /** Moves PIM's clock. null: it cannot be moved, and what needs it is left out. */
  advance: ((minutes: number) => Promise<void>) | null;
  /** The next write of this plane is refused with 429 and Retry-After. null: cannot be asked for. */
  throttle: ((plane: Plane, retryAfterSeconds: number) => Promise<void>) | null;
  /** The next write of this plane has its effect, and its answer is lost. null: cannot be asked for. */
  loseAnswer: ((plane: Plane) => Promise<void>) | null;
  /** Undoes what a test left behind. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Why a test is left out where the clock stands: for five minutes PIM lets nobody end what it gives. */
export const givesAccess = 'gives access that could not be taken back before the next test';
