import type { RefusalCode } from '#lib/domain/refusal.ts';
import type { FormField } from './ask.ts';

/** What was refused: fields, single roles (by key), or the whole. */
export interface Refusals {
  fields: Partial<Record<FormField, string | undefined>>;
  roles: Record<string, string | undefined>;
  /** code null: there was no answer at all. */
  whole: { code: RefusalCode | null; message: string } | null;
}

export const noRefusals: Refusals = { fields: {}, roles: {}, whole: null };

const fields: Record<string, FormField> = {
  justification: 'justification',
  ticketNumber: 'ticketNumber',
  minutes: 'duration',
  startsAt: 'startsAt',
};

/** The field of the form that a refusal's field name means; null: none of it. */
export function fieldOf(name: string | null): FormField | null {
  return name && Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
}
