/** The three planes PIM governs: Entra directory roles, Azure resource roles, and group membership or ownership. */
export const planes = ['entra', 'azure', 'group'] as const;
export type Plane = (typeof planes)[number];

/** How a plane is called on screen. */
export const planeNames: Record<Plane, string> = { entra: 'Entra', azure: 'Azure', group: 'Group' };

/** Whose token a plane's acts need: Microsoft Graph's, or Azure Resource Manager's. */
export const audiences = ['graph', 'arm'] as const;
export type Audience = (typeof audiences)[number];
export const audienceOf: Record<Plane, Audience> = { entra: 'graph', group: 'graph', azure: 'arm' };
