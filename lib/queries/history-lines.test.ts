import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { requestApprovals } from '#db/schema/approvals.ts';
import { decisions, requests } from '#db/schema/requests.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import { ticketChecks, ticketSystems } from '#db/schema/tickets.ts';
import { testDatabase, testTenant } from '#db/testing.ts';
import type { AssignmentKept } from '#lib/domain/access-change.ts';
import type { Actor, AppRole } from '#lib/domain/actor.ts';
import type { ApprovalRule } from '#lib/domain/approval-policy.ts';
import { requestStatuses, statusNames } from '#lib/domain/request.ts';
import { usualRules } from '#lib/domain/ticket-system.ts';
import { historyColumns } from '#lib/export/history-columns.ts';
import { lineFormats } from '#lib/export/line.ts';
import { readPlace, readSeq } from './export-place.ts';
import { history } from './history.ts';
import { historyLines, historySelect } from './history-lines.ts';
import type { HistoryFilter } from './rows.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());
beforeEach(async () => {
  await db().delete(decisions);
  await db().delete(requestApprovals);
  await db().delete(requests);
});

const viewer = (objectId: string, ...roles: AppRole[]): Actor => ({
  ...{ tenantId: testTenant, objectId, name: objectId, upn: `${objectId}@contoso.example`, roles },
});
const auditor = viewer('auden', 'Stint.Auditor');
const first = Date.parse('2026-03-01T00:00:00Z');
type Facts = Partial<typeof requests.$inferInsert> & { minute?: number; decision?: string };

async function file(...all: Facts[]): Promise<string[]> {
  const rows = all.map(({ minute = 0, decision: _, id = randomUUID(), ...facts }) => {
    return {
      ...{ id, submissionId: id, requesterId: 'ada', requesterName: 'Ada Lind', status: 'ended' as const },
      ...{ plane: 'azure' as const, roleId: 'role', scopeId: '/subscriptions/one', roleName: 'Contributor' },
      ...{ scopeName: 'Staging', scopeKind: 'subscription' as const, eligibilityId: '', ticketNumber: '' },
      ...{ origin: 'stint' as const, justification: 'because', minutes: 60 },
      filedAt: new Date(first + minute * 60_000),
      ...facts,
    };
  });
  await db().insert(requests).values(rows);
  const decided = all.flatMap(({ decision }, at) => {
    const row = rows[at];
    if (decision === undefined || !row) return [];
    const { id: requestId, requesterId } = row;
    const who = { approverId: 'bo', approverName: 'Bo Okafor', approve: true, decidedAt: row.filedAt };
    return [
      {
        ...who,
        id: randomUUID(),
        requestId,
        requesterId,
        justification: decision,
        state: 'recorded' as const,
        origin: 'stint' as const,
      },
    ];
  });
  if (decided.length > 0) await db().insert(decisions).values(decided);
  return rows.map(({ id }) => id);
}

type Format = keyof typeof lineFormats;

async function exported(
  format: Format,
  {
    who = auditor,
    filter = {},
    after = null,
  }: { who?: Actor; filter?: HistoryFilter; after?: string | null } = {},
): Promise<string> {
  const { heading, line } = lineFormats[format];
  const part = { filter, after: after === null ? null : readPlace(after) };
  const parts: Uint8Array[] = after === null ? [Buffer.from(heading(historyColumns))] : [];
  const lines = historyLines(who, part, line(historyColumns), new AbortController().signal);
  for await (const some of lines) parts.push(Buffer.from(some));
  return Buffer.concat(parts).toString('utf8');
}

/** RFC 4180, written from the RFC alone: fields between commas, quotes doubled inside quotes, CRLF between records. */
function parse(text: string): string[][] {
  const records: string[][] = [];
  for (let at = 0; at < text.length; ) {
    const record: string[] = [];
    for (;;) {
      let field = '';
      if (text[at] === '"') {
        for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
          if (at >= text.length) throw new Error('a quoted field does not end');
          if (text[at] === '"') at++;
          field += text[at];
        }
        at++;
      } else {
        for (; at < text.length && !/[,\r\n]/.test(text[at] ?? ''); at++) {
          if (text[at] === '"') throw new Error('a quote in an unquoted field');
          field += text[at];
        }
      }
      record.push(field);
      if (text[at] !== ',') break;
      at++;
    }
    if (!text.startsWith('\r\n', at)) throw new Error(`a record ends otherwise at ${at}`);
    at += 2;
    records.push(record);
  }
  return records;
}
const readCsv = (text: string) => {
  const [heading = [], ...records] = parse(text);
  return records.map((cells) => Object.fromEntries(heading.map((name, at) => [name, cells[at]])));
};
const readJson = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('what was typed', () => {
  const letters = [
    ...[
      '"',
      ',',
      ';',
      '\r',
      '\n',
      '\t',
      ' ',
      '=',
      '+',
      '-',
      '@',
      '＝',
      '＠',
      "'",
      '\\',
      'a',
      'é',
      '𝄞',
      '👩‍💻',
      'ש',
    ],
    ...['\u202e', '\u200b', '\ufeff', '\u00a0', '\u0001', '\u2028', '{', '}', '$1', '\\n', '%'],
  ];
  const nasty = fc.string({ unit: fc.constantFrom(...letters), maxLength: 14 });

  test('comes back cell for cell from both formats, but for the apostrophe that defuses in CSV', async () => {
    const rows = fc.sample(fc.tuple(nasty, nasty, nasty), { numRuns: 300, seed: 7 });
    await file(
      ...rows.map(([justification, ticketNumber, decision], minute) => ({
        minute,
        justification,
        ticketNumber,
        decision,
      })),
    );
    const csv = readCsv(await exported('csv'));
    const json = readJson(await exported('jsonl'));
    expect([csv.length, json.length]).toEqual([rows.length, rows.length]);
    for (const [at, cells] of rows.entries()) {
      for (const [n, name] of ['justification', 'ticket', 'decision_justification'].entries()) {
        expect(json[at]?.[name]).toBe(cells[n]);
        expect([cells[n], `'${cells[n]}`]).toContain(csv[at]?.[name]);
      }
      expect(Object.values(csv[at] ?? {}).filter((cell) => /^\s*[=+\-@\t\r]/.test(cell ?? ''))).toEqual([]);
    }
  });
});

test('a row’s facts, in both formats alike', async () => {
  const at = (minute: number) => new Date(first + minute * 60_000);
  const times = {
    startsAt: at(1),
    endsAt: at(61),
    activeAt: at(1),
    endedAt: at(31.5),
    endCause: 'ended_early' as const,
  };
  const id = '0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90';
  await file(
    { id, ...times, origin: 'azure', failure: 'No', decision: 'fine' },
    { wantedStartAt: at(5), minute: 1 },
  );
  const [csv, waiting] = readCsv(await exported('csv'));
  expect(csv).toMatchInlineSnapshot(`
    {
      "active_at": "2026-03-01T00:01:00.000Z",
      "active_minutes": "31",
      "approval_rule": "",
      "approval_rule_version": "",
      "approver": "Bo Okafor",
      "asked_minutes": "60",
      "bypass_ended_at": "",
      "bypassed_at": "",
      "cursor": "2026-03-01T00:00:00.000Z_0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90",
      "decided_at": "2026-03-01T00:00:00.000Z",
      "decision": "approved",
      "decision_justification": "fine",
      "end_cause": "ended_early",
      "ended_at": "2026-03-01T00:31:30.000Z",
      "ends_at": "2026-03-01T01:01:00.000Z",
      "failure": "No",
      "filed_at": "2026-03-01T00:00:00.000Z",
      "filed_in": "azure",
      "justification": "because",
      "person": "Ada Lind",
      "person_id": "ada",
      "plane": "Azure",
      "request": "0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90",
      "role": "Contributor",
      "scope": "Staging",
      "scope_id": "/subscriptions/one",
      "signed_by": "",
      "starts_at": "2026-03-01T00:01:00.000Z",
      "status": "Ended",
      "stint_approval": "not_asked",
      "ticket": "",
      "ticket_checked_at": "",
      "ticket_key": "",
      "ticket_state": "",
      "ticket_title": "",
      "ticket_verdict": "",
    }
  `);
  expect(waiting).toMatchObject({
    starts_at: '2026-03-01T00:05:00.000Z',
    active_minutes: '',
    decision: '',
    approver: '',
  });
  const [json, other] = readJson(await exported('jsonl'));
  const noTicket = Object.fromEntries(
    Object.keys(csv ?? {})
      .filter((name) => /^(ticket_|approval_|bypass|signed_by)/.test(name))
      .map((name) => [name, null]),
  );
  expect(json).toEqual({ ...csv, ...noTicket, asked_minutes: 60, active_minutes: 31 });
  expect(other).toMatchObject({ approver: null, decision: null, active_minutes: null, end_cause: null });
});

test('a ticket that was checked says what its system told of it, in columns after the others', async () => {
  const [requestId = ''] = await file({ ticketNumber: 'INC1' });
  const systemId = randomUUID();
  const checkedAt = new Date(first);
  await db()
    .insert(ticketSystems)
    .values({
      ...{ id: systemId, name: 'Desk', kind: 'pattern', baseUrl: '', project: '', patterns: [] },
      ...{ closedStates: [], rules: usualRules, enabled: true, changedAt: checkedAt, changedByName: 'Mira' },
    });
  const facts = { key: 'INC1', title: '=1+1', state: 'Closed', verdict: 'broken' as const };
  await db()
    .insert(ticketChecks)
    .values({ ...facts, requestId, systemId, checkedAt, tells: false });
  expect(readCsv(await exported('csv'))[0]).toMatchObject({
    ticket: 'INC1',
    ticket_key: 'INC1',
    ticket_title: "'=1+1",
    ticket_state: 'Closed',
    ticket_verdict: 'broken',
    ticket_checked_at: '2026-03-01T00:00:00.000Z',
  });
  await db().delete(ticketChecks);
  expect(historyColumns.map(({ heading }) => heading).at(-12)).toBe('cursor');
});

describe('how Stint’s own policy let it pass', () => {
  const rule = { name: 'Two eyes' } as ApprovalRule;
  const policyVersion = 7;
  const at = new Date(first);
  const exports = async () => {
    const [csv] = readCsv(await exported('csv'));
    const [json] = readJson(await exported('jsonl'));
    return { csv, json };
  };

  test.each([
    ['signed', { state: 'approved', approvedAt: at }],
    // What was approved and never started was signed all the same.
    ['signed', { state: 'lapsed', approvedAt: at }],
    ['by_rule', { state: 'automatic', approvedAt: at }],
    ['not_given', { state: 'waiting' }],
    ['not_given', { state: 'denied' }],
  ] as const)('%s: %o, with the version of the policy and the rule', async (how, approval) => {
    const [requestId = ''] = await file({});
    const times = { stageSince: at, checkedAt: at, lapsesAt: at };
    await db()
      .insert(requestApprovals)
      .values({ requestId, rule, policyVersion, ...times, ...approval });
    const { csv, json } = await exports();
    const told = { stint_approval: how, approval_rule: rule.name };
    expect(csv).toMatchObject({ ...told, approval_rule_version: '7', bypassed_at: '' });
    expect(json).toMatchObject({ ...told, approval_rule_version: 7, bypassed_at: null });
  });

  test('bypassed: since when that is known, and when Azure showed gone what the Applier ended', async () => {
    const [requestId = ''] = await file({ origin: 'azure', bypassedAt: at });
    const kept = { kind: 'activated' } as AssignmentKept;
    const change = { kept, plane: 'azure', scopeId: '/', principalId: 'ada', requestId } as const;
    const by = { verb: 'remove', way: 'assignment', askedById: 'm', askedByName: 'M', askedAt: at } as const;
    await db()
      .insert(accessChanges)
      .values({ ...change, ...by, state: 'confirming' });
    const bypassed = { stint_approval: 'bypassed', bypassed_at: at.toISOString() };
    expect((await exports()).json).toMatchObject({ ...bypassed, bypass_ended_at: null });
    const confirmedAt = new Date(first + 300_000);
    await db().update(accessChanges).set({ state: 'done', outcome: 'removed', confirmedAt });
    const { csv, json } = await exports();
    for (const row of [csv, json])
      expect(row).toMatchObject({ ...bypassed, bypass_ended_at: confirmedAt.toISOString() });
    await db().update(accessChanges).set({ outcome: 'already_gone' });
    expect((await exports()).json).toMatchObject({ bypass_ended_at: null });
    await db().delete(accessChanges);
  });
});

test('every status has its name', async () => {
  await file(...requestStatuses.map((status, minute) => ({ status, minute, roleId: `role ${status}` })));
  const names = requestStatuses.map((status) => statusNames[status]);
  expect(readCsv(await exported('csv')).map(({ status }) => status)).toEqual(names);
  expect(readJson(await exported('jsonl')).map(({ status }) => status)).toEqual(names);
});

describe('the rows are those of the page', () => {
  test('whoever looks, whatever the filter, the other way round', async () => {
    await file(
      { minute: 2, requesterId: 'bo', requesterName: "Bo '; drop table requests; --" },
      { minute: 1, plane: 'entra', roleName: 'C:\\Reader' },
      { minute: 3, status: 'denied', scopeName: '100% $1' },
    );
    const viewers = [
      auditor,
      viewer('mira', 'Stint.Administrator'),
      viewer('ada'),
      viewer('bo', 'Stint.Reviewer'),
      viewer('lou'),
    ];
    const filters: HistoryFilter[] = [
      {},
      { person: 'ada' },
      { person: "'; drop" },
      { role: '\\' },
      { role: '100%' },
      { role: '$1' },
      { plane: 'entra' },
      { status: 'denied' },
      { from: new Date(first + 120_000) },
      { to: new Date(first + 120_000), person: "'" },
    ];
    for (const who of viewers) {
      for (const filter of filters) {
        const { rows } = await history(who, filter, null);
        const lines = readJson(await exported('jsonl', { who, filter }));
        expect(lines.map(({ request }) => request)).toEqual(rows.map(({ id }) => id).reverse());
      }
    }
  });
});

describe('a torn copy', () => {
  /** What a client keeps of a torn copy: whole lines, and the cursor of the last. */
  const kept: Record<Format, (text: string) => { text: string; after: string | null }> = {
    jsonl: (text) => {
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      return { text: whole, after: (readJson(whole).at(-1)?.cursor as string | undefined) ?? null };
    },
    csv: (text) => {
      for (
        let end = text.lastIndexOf('\r\n');
        end >= 0;
        end = end === 0 ? -1 : text.lastIndexOf('\r\n', end - 1)
      ) {
        const whole = text.slice(0, end + 2);
        try {
          return { text: whole, after: readCsv(whole).at(-1)?.cursor ?? null };
        } catch {
          // Inside a quoted cell.
        }
      }
      return { text: '', after: null };
    },
  };

  test.each(['csv', 'jsonl'] as const)(
    'goes on as %s from its last whole line, wherever it was cut',
    async (format) => {
      // Some in the same millisecond: the id decides.
      await file(
        ...[0, 0, 0, 1, 2, 2].map((minute) => ({ minute, justification: `"two"\r\nlines, ${minute}` })),
      );
      const whole = await exported(format);
      const rests = new Map<string | null, string>();
      for (let cut = 0; cut <= whole.length; cut++) {
        const { text, after } = kept[format](whole.slice(0, cut));
        const rest = rests.get(after) ?? (await exported(format, { after }));
        rests.set(after, rest);
        // Without a row kept it begins anew, heading and all.
        expect(after === null ? rest : text + rest).toBe(whole);
      }
      expect(rests.size).toBe(7);
    },
  );

  test('takes what was filed meanwhile at its end, and nothing twice', async () => {
    await file({ minute: 1 }, { minute: 2 });
    const [begun] = (await exported('jsonl')).split('\n');
    const [late] = await file({ minute: 9 });
    const rest = readJson(await exported('jsonl', { after: JSON.parse(begun ?? '').cursor }));
    expect(rest).toHaveLength(2);
    expect(rest.at(-1)?.request).toBe(late);
    expect(await exported('jsonl', { after: rest.at(-1)?.cursor as string })).toBe('');
  });

  test('goes on over readings of the embedded database', async () => {
    await file(...Array.from({ length: 450 }, (_, n) => ({ minute: Math.floor(n / 7) })));
    const whole = readJson(await exported('jsonl'));
    expect(new Set(whole.map(({ request }) => request)).size).toBe(450);
    expect(await exported('jsonl', { after: whole[100]?.cursor as string })).toBe(
      whole
        .slice(101)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
    );
  });

  test('is not mistaken for a new one: a place that is none is refused', () => {
    const id = '00000000-0000-4000-8000-000000000000';
    for (const cursor of [
      ...['', '0', 'x', id, `2026-03-01T00:00:00.000Z_${id} `, `2026-02-30T00:00:00.000Z_${id}`],
      ...[
        `2026-03-01T00:00:00.000Z_${id.slice(1)}`,
        `0000-01-01T00:00:00.000Z_${id}`,
        `2026-03-01T00:00:00Z_${id}`,
      ],
      `2026-03-01T00:00:00.000Z_' or 1=1`,
    ])
      expect(() => readPlace(cursor), cursor).toThrow('names no place');
    for (const seq of ['', 'x', '-1', '1.5', '1e3', ' 1', '9'.repeat(16)])
      expect(() => readSeq(seq), seq).toThrow('names no place');
    expect([readSeq('0'), readSeq('17')]).toEqual([0, 17]);
  });
});

test('nothing is sorted before the first line: it comes in the order of an index', async () => {
  await file({}, { minute: 1 });
  const plan = async (who: Actor) => {
    const explained = await db().transaction(async (tx) => {
      await tx.execute(sql`set local enable_sort = off`);
      return tx.execute(sql`explain ${historySelect(who, { filter: {}, after: null }, sql`''`)}`);
    });
    return JSON.stringify(explained);
  };
  expect(await plan(auditor)).toMatch(/Index (Only )?Scan using requests_history/);
  expect(await plan(viewer('ada'))).not.toMatch(/Sort/);
});
