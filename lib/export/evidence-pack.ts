import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SQL } from 'drizzle-orm';
import {
  type EvidenceCampaign,
  type EvidenceFile,
  type EvidenceSum,
  evidenceFiles,
} from '#lib/domain/evidence-file.ts';
import { lineFormats } from './line.ts';
import { headed } from './lines.ts';
import { reviewColumns } from './review-columns.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';

/** What a pack is made of; `lines` are a file's rows as the database makes them. */
interface Evidence {
  campaign: EvidenceCampaign;
  lines(file: EvidenceFile, line: SQL): AsyncIterable<Uint8Array>;
}

const newline = 10;

interface PackedFile {
  name: string;
  body(): AsyncIterable<Uint8Array>;
}

/**
 * A campaign's evidence as one tar: `tar xf`, then `sha256sum -c SHA256SUMS`. The same evidence makes the same bytes.
 * A file's size goes before it, so each is written to a place of its own first, which nobody else sees.
 */
export async function* evidencePack(evidence: Evidence): AsyncGenerator<Uint8Array> {
  const sums: EvidenceSum[] = [];
  const changedAt = new Date(evidence.campaign.closedAt ?? evidence.campaign.openedAt ?? 0);
  for (const file of filesOf(evidence)) {
    const spool = await spooled(file);
    try {
      sums.push(spool.sum);
      yield tarHeader(file.name, spool.sum.bytes, changedAt);
      yield* spool.read();
      yield tarPadding(spool.sum.bytes);
    } finally {
      await spool.close();
    }
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
  for (const { name, body } of filesOf(evidence)) {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const part of body()) {
      hash.update(part);
      bytes += part.length;
    }
    sums.push({ file: name, sha256: hash.digest('hex'), bytes });
  }
  return sums;
}

/** To be read in order: the last one says what was counted in those before. */
function filesOf({ campaign, lines }: Evidence): PackedFile[] {
  const counted: Partial<Record<EvidenceFile, number>> = {};
  const files = evidenceFiles.flatMap((file) =>
    Object.entries(lineFormats).map(([format, { heading, line }]) => ({
      name: `${file}.${format}`,
      body: () => {
        const body = headed(heading(reviewColumns[file]), lines(file, line(reviewColumns[file])));
        return format === 'jsonl' ? counting(body) : body;

        /** A row is a line in this format, whatever stands in it. */
        async function* counting(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
          counted[file] = 0;
          for await (const part of parts) {
            for (const byte of part) if (byte === newline) counted[file]++;
            yield part;
          }
        }
      },
    })),
  );
  async function* counts(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${JSON.stringify({ ...campaign, ...counted }, null, 2)}\n`);
  }
  return [...files, { name: 'counts.json', body: counts }];
}

/** Writes a file where only this process finds it: its name is gone before anything is in it. */
async function spooled({ name, body }: PackedFile) {
  const folder = await mkdtemp(join(tmpdir(), 'stint-evidence-'));
  const file = await open(join(folder, 'part'), 'wx+', 0o600);
  await rm(folder, { recursive: true });
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const part of body()) {
      hash.update(part);
      await file.writeFile(part);
      bytes += part.length;
    }
  } catch (error) {
    await file.close();
    throw error;
  }
  return {
    sum: { file: name, sha256: hash.digest('hex'), bytes },
    async *read(): AsyncGenerator<Uint8Array> {
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
