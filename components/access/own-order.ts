import type { EligibleRow } from '#lib/queries/rows.ts';

type Row = Pick<EligibleRow, 'favourite' | 'activations' | 'roleName'>;

/** Favourites as their person put them; those nobody moved after that, the most used first. */
export function byOwnOrder<R extends Row>(rows: readonly R[]): R[] {
  const last = Number.POSITIVE_INFINITY;
  const place = ({ favourite }: Row) => favourite?.place ?? last;
  return rows
    .filter(({ favourite }) => favourite !== null)
    .toSorted((one, other) =>
      place(one) === place(other) ? other.activations - one.activations : place(one) - place(other),
    );
}
