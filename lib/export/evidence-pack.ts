import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import {
  type EvidenceCampaign,
  type EvidenceFile,
  type EvidenceSum,
  evidenceFiles,
} from '#lib/domain/evidence-file.ts';
import { lineFormats } from './line.ts';
import { reviewColumns } from './review-columns.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';

/** What a pack is made of; `lines` are a file's rows as the database makes them. */
interface Evidence {
  campaign: EvidenceCampaign;
  lines(file: EvidenceFile, line: SQL): AsyncIterable<Uint8Array>;
}

/** A file of the pack, where only this process finds it. */
interface Spool {
  write(part: Uint8Array): Promise<void>;
  sum(): EvidenceSum;
  read(): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

/**
 * A campaign's evidence as one tar: `tar xf`, then `sha256sum -c SHA256SUMS`. The same evidence makes the same bytes.
 * A file's size goes before it, so each is written to a place of its own first, which nobody else sees.
 */
export async function* evidencePack(evidence: Evidence): AsyncGenerator<Uint8Array> {
  const sums: EvidenceSum[] = [];
  const changedAt = new Date(evidence.campaign.closedAt ?? evidence.campaign.openedAt ?? 0);
  for await (const { read, sum } of spools(evidence)) {
    const { file, bytes } = sum();
    sums.push(sum());
    yield tarHeader(file, bytes, changedAt);
    yield* read();
    yield tarPadding(bytes);
  }
  const list = Buffer.from(sums.map(({ file, sha256 }) => `${sha256}  ${file}\n`).join(''));
  yield tarHeader('SHA256SUMS', list.length, changedAt);
  yield list;
  yield tarPadding(list.length);
  yield tarEnd;
}

/** What the pack's SHA256SUMS says, without the pack. */
export async function evidenceSums(evidence: Evidence): Promise<EvidenceSum[]> {
  const sums: EvidenceSum[] = [];
  for await (const { sum } of spools(evidence)) sums.push(sum());
  return sums;
}

const formats = Object.entries(lineFormats);

/** One file after the other; the last says what was counted in those before. Each is gone once the next is asked for. */
async function* spools({ campaign, lines }: Evidence): AsyncGenerator<Spool> {
  const counted: Partial<Record<EvidenceFile, number>> = {};
  for (const file of evidenceFiles) {
    const both = await Promise.all(formats.map(([format]) => openSpool(`${file}.${format}`)));
    try {
      counted[file] = await fill(both, file, lines);
      yield* both;
    } finally {
      for (const spool of both) await spool.close();
    }
  }
  const counts = await openSpool('counts.json');
  try {
    await counts.write(Buffer.from(`${JSON.stringify({ ...campaign, ...counted }, null, 2)}\n`));
    yield counts;
  } finally {
    await counts.close();
  }
}

/** Every format from one reading of the rows: what moves on meanwhile is in all of them or in none. Returns how many rows. */
async function fill(into: readonly Spool[], file: EvidenceFile, lines: Evidence['lines']): Promise<number> {
  const columns = reviewColumns[file];
  for (const [n, [, { heading }]] of formats.entries()) await into[n]?.write(Buffer.from(heading(columns)));
  const row = sql.join(
    formats.map(([, { line }]) => line(columns)),
    sql`, `,
  );
  let count = 0;
  for await (const rows of rowsIn(lines(file, sql`json_build_array(${row})::text || chr(10)`))) {
    count += rows.length;
    for (const [n, spool] of into.entries())
      await spool.write(Buffer.from(rows.map((cells) => cells[n] ?? '').join('')));
  }
  return count;
}

/** A row is a line of JSON, which has no line break within; a part may end in the middle of one. */
async function* rowsIn(parts: AsyncIterable<Uint8Array>): AsyncGenerator<string[][]> {
  let rest = Buffer.alloc(0);
  for await (const part of parts) {
    const all = Buffer.concat([rest, part]);
    const end = all.lastIndexOf(10) + 1;
    rest = all.subarray(end);
    const whole = all.toString('utf8', 0, end).split('\n').slice(0, -1);
    if (whole.length > 0) yield whole.map((line) => JSON.parse(line) as string[]);
  }
}

/** Its name is gone before anything is in it. */
async function openSpool(name: string): Promise<Spool> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-evidence-'));
  const file = await open(join(folder, 'part'), 'wx+', 0o600);
  await rm(folder, { recursive: true });
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    async write(part) {
      hash.update(part);
      await file.writeFile(part);
      bytes += part.length;
    },
    sum: () => ({ file: name, sha256: hash.copy().digest('hex'), bytes }),
    async *read() {
      for (let from = 0; from < bytes; ) {
        const part = Buffer.alloc(Math.min(65_536, bytes - from));
        const { bytesRead } = await file.read(part, 0, part.length, from);
        if (bytesRead === 0) throw new Error('What was spooled is not there any more.');
        yield part.subarray(0, bytesRead);
        from += bytesRead;
      }
    },
    close: () => file.close(),
  };
}
