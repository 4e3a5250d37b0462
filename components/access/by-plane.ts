import { type Plane, planes } from '#lib/domain/plane.ts';

const headings: Record<Plane, string> = { entra: 'Entra roles', azure: 'Azure resources', group: 'Groups' };

/** Rows under their plane, in the house's order; planes without rows are left out. */
export function byPlane<Row extends { plane: Plane }>(
  rows: readonly Row[],
): { plane: Plane; heading: string; rows: Row[] }[] {
  return planes
    .map((plane) => ({ plane, heading: headings[plane], rows: rows.filter((row) => row.plane === plane) }))
    .filter((group) => group.rows.length > 0);
}
