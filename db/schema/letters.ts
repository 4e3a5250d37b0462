import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { type LetterFacts, letterKinds } from '#lib/domain/letter.ts';
import { moment } from './columns.ts';
import { requests } from './requests.ts';

/** What people are told: queued with the change it tells of, or never. The portal shows it whatever becomes of deliveries. */
export const letters = pgTable(
  'letters',
  {
    id: uuid('id').primaryKey(),
    /** The same event told twice is one letter. */
    dedupeKey: text('dedupe_key').notNull().unique(),
    kind: text('kind', { enum: letterKinds }).notNull(),
    personId: text('person_id').notNull(),
    requestId: uuid('request_id').references(() => requests.id),
    facts: jsonb('facts').$type<LetterFacts>().notNull(),
    writtenAt: moment('written_at').notNull(),
    readAt: moment('read_at'),
  },
  (t) => [
    index('letters_by_person').on(t.personId, t.writtenAt, t.id),
    index('letters_unread').on(t.personId).where(sql`read_at is null`),
    index('letters_by_request').on(t.requestId),
    // For the sweep.
    index('letters_by_age').on(t.writtenAt),
  ],
);
