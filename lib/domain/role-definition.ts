import type { Plane } from './plane.ts';

/** What a role lets its holder do. Entra roles have only `actions`. */
export interface RoleDefinition {
  plane: Plane;
  id: string;
  name: string;
  description: string;
  isBuiltIn: boolean;
  /** Microsoft's own mark; null where the API has none (Azure roles). */
  isPrivileged: boolean | null;
  actions: string[];
  notActions: string[];
  dataActions: string[];
  notDataActions: string[];
}
