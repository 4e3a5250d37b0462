import { findById } from '#lib/emulator/by-id.ts';
import type { Row } from '#lib/emulator/graph/exchange.ts';
import type { EntitySet, Expandable } from '#lib/emulator/graph/odata/print.ts';
import type { State } from '#lib/emulator/state.ts';
import { groupDefaults, groupRow, servicePrincipalRow, userDefaults, userRow } from './rows.ts';

/** A directory object of any kind, with its type; null when the directory has none with this id. */
export function directoryObject(state: State, id: string): Row | null {
  const user = findById(state.users, id);
  if (user) return { '@odata.type': '#microsoft.graph.user', ...userRow(user) };
  const group = findById(state.groups, id);
  if (group) return { '@odata.type': '#microsoft.graph.group', ...groupRow(group) };
  const workload = findById(state.servicePrincipals, id);
  if (!workload) return null;
  return { '@odata.type': '#microsoft.graph.servicePrincipal', ...servicePrincipalRow(workload, state) };
}

/** Whom a row of PIM is about, with what Graph prints unless more is selected. */
export function principalOf(state: State): Expandable {
  const { defaults } = directoryObjects;
  return {
    read: ({ principalId }) => directoryObject(state, String(principalId)),
    ...(defaults && { defaults }),
  };
}

/** How lists of mixed directory objects are printed. */
export const directoryObjects: EntitySet = {
  context: 'directoryObjects',
  isMixed: true,
  isDirectory: true,
  defaults: (row) => {
    if (row['@odata.type'] === '#microsoft.graph.user') return userDefaults;
    if (row['@odata.type'] === '#microsoft.graph.directoryRole') return Object.keys(row);
    return groupDefaults(row).filter((name) => name !== '@odata.type');
  },
};
