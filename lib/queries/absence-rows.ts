export interface AbsenceRow {
  id: string;
  personName: string;
  deputyName: string | null;
  startsAt: Date;
  endsAt: Date;
  note: string;
  /** Who wrote it down, where that was not the person. */
  setByName: string | null;
  state: 'now' | 'coming' | 'over';
}

export interface Absences {
  now: Date;
  mine: AbsenceRow[];
  /** Those the viewer stands in for, now or soon. */
  standsIn: AbsenceRow[];
  /** Everybody’s that are not over, for administrators; null for others. */
  all: AbsenceRow[] | null;
}
