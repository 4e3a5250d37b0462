import type { Exchange, Row } from '#lib/emulator/graph/exchange.ts';
import type { Filter } from '#lib/emulator/graph/odata/filter.ts';
import type { Expandable } from '#lib/emulator/graph/odata/print.ts';
import type { Ask } from '#lib/emulator/pim/file.ts';
import type { Held } from '#lib/emulator/pim/holdings.ts';
import type { ScheduleRequest, State } from '#lib/emulator/state.ts';

export type Side = ScheduleRequest['side'];
export type Kind = 'ScheduleInstance' | 'Schedule' | 'ScheduleRequest';

/** What differs between PIM for Entra roles and PIM for Groups; the routes are the same. */
export interface Family {
  plane: 'entra' | 'group';
  /** Path without version. */
  base: string;
  /** `roleAssignmentScheduleInstances` | `assignmentScheduleInstances`. */
  setName(side: Side, kind: Kind): string;
  /** `unifiedRoleAssignmentScheduleInstance` | `privilegedAccessGroupAssignmentScheduleInstance`. */
  typeName(side: Side, kind: Kind): string;
  permissions(side: Side, access: 'Read' | 'ReadWrite'): string[];
  instance(held: Held): Row;
  schedule(held: Held): Row;
  request(state: State, request: ScheduleRequest): Row;
  expand(exchange: Exchange): Record<string, Expandable>;
  /** Refuses a list of everyone's rows to callers who may not see them. */
  gate(exchange: Exchange, filter: Filter | null): void;
  /** Whether the caller may see one row that is somebody else's. */
  sees(exchange: Exchange, scope: string): boolean;
  /** What and where, from a request body. Throws InvalidRoleAssignmentRequest. */
  target(body: Row): Pick<Ask, 'role' | 'scope'>;
  approvals: { path: string; stages: 'steps' | 'stages'; version?: 'beta' };
}

/** `assignment` as `Assignment`. */
export const capital = (side: Side) => (side === 'assignment' ? 'Assignment' : 'Eligibility');
