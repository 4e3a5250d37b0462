import type { ScopeKind } from '#lib/domain/assignment.ts';
import type { Plane } from '#lib/domain/plane.ts';

/** What helps when access is on and does not work yet. Sources: Azure RBAC troubleshooting, PIM documentation. */
export function adviceFor({ plane, scopeKind }: { plane: Plane; scopeKind: ScopeKind }): string[] {
  if (plane === 'azure') {
    return [
      'A command line keeps its token: az account clear, then az login; in PowerShell, Connect-AzAccount.',
      'In the Azure portal, refresh the page; if that does not help, sign out and in again.',
      scopeKind === 'management_group'
        ? 'Azure may take ten minutes; what a role allows on data below a management group, several hours.'
        : 'Azure itself speaks of up to ten minutes.',
    ];
  }
  const token =
    'Tokens from before do not carry it: sign out of the tool and in again, or open a new private window.';
  if (plane === 'entra') return [token, 'Some admin centres keep what you may do for some minutes more.'];
  return [token, 'What the group gives is provisioned after the membership, and may take some minutes more.'];
}
