import type { Entry } from './entry.ts';

interface Sees {
  posture: boolean;
  operations: boolean;
  settings: boolean;
}

/** Every page the viewer may go to. */
export function pagesFor(sees: Sees): Entry[] {
  const places: [href: string, title: string, open: boolean][] = [
    ['/', 'Access', true],
    ['/requests', 'Requests', true],
    ['/approvals', 'Approvals', true],
    ['/bundles', 'Bundles', true],
    ['/reviews', 'Reviews', true],
    ['/history', 'History', true],
    ['/sessions', 'Sessions', true],
    ['/absence', 'Absence', true],
    ['/posture', 'Posture', sees.posture],
    ['/posture/inventory', 'Inventory', sees.posture],
    ['/posture/findings', 'Findings', sees.posture],
    ['/posture/roles', 'Role explorer', sees.posture],
    ['/operations', 'Operations', sees.operations],
    ['/settings', 'Settings', sees.settings],
  ];
  return places
    .filter(([, , open]) => open)
    .map(([href, title]) => ({
      ...{ id: `page ${href}`, group: 'Pages', title: `Go to ${title}`, note: href, weight: -1 },
      does: { what: 'go', href },
    }));
}
