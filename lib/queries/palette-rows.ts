/** What the palette finds, each thing with where it leads. */
import type { EligibleRow } from './rows.ts';

export interface PaletteItem {
  kind: 'request' | 'person';
  id: string;
  title: string;
  note: string;
  href: string;
}

/** The viewer's own, told once when the palette opens. */
export interface PaletteOwn {
  roles: Pick<
    EligibleRow,
    | 'key'
    | 'plane'
    | 'roleId'
    | 'scopeId'
    | 'roleName'
    | 'scopeName'
    | 'scopeKind'
    | 'policy'
    | 'blocked'
    | 'usual'
    | 'favourite'
    | 'activations'
  >[];
  bundles: { id: string; name: string; roles: string[] }[];
  /** Requests of the viewer that are approved and wait to be started. */
  approved: { id: string; title: string }[];
  /** Requests of the viewer that are active and may be ended. */
  active: { id: string; title: string }[];
}
