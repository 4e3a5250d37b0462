/** Whether somebody can be counted on to decide now. */
export interface Availability {
  /** null: they are not away. */
  away: { until: Date; deputyName: string | null } | null;
  /** An IANA name, as their browser last told; null: it told none. */
  zone: string | null;
}
