import type { AzureRole } from '#lib/emulator/state.ts';

/** What a role allows; each text is a list of actions parted by white space. */
interface RoleText {
  actions?: string;
  notActions?: string;
  dataActions?: string;
  notDataActions?: string;
}

/** A role that Azure ships: assignable everywhere. */
export function builtInRole(name: string, roleName: string, description: string, text: RoleText): AzureRole {
  return {
    name,
    roleName,
    description,
    type: 'BuiltInRole',
    assignableScopes: ['/'],
    permissions: [permissionOf(text)],
  };
}

/** A role of Contoso's own, assignable at the scopes named. */
export function customRole(
  name: string,
  roleName: string,
  description: string,
  assignableScopes: string[],
  text: RoleText,
): AzureRole {
  return {
    name,
    roleName,
    description,
    type: 'CustomRole',
    assignableScopes,
    permissions: [permissionOf(text)],
  };
}

function permissionOf(text: RoleText): AzureRole['permissions'][number] {
  return {
    actions: words(text.actions),
    notActions: words(text.notActions),
    dataActions: words(text.dataActions),
    notDataActions: words(text.notDataActions),
  };
}

function words(text = ''): string[] {
  return text.split(/\s+/).filter(Boolean);
}
