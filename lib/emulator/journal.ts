/** One API call as the control door tells it. */
interface JournalEntry {
  seq: number;
  /** ISO 8601 on the machine's clock. */
  at: string;
  method: string;
  path: string;
  query: string;
  /** 0: the connection ended without an answer, as a fault asked. */
  status: number;
  appId: string | null;
  objectId: string | null;
  clientRequestId: string;
}

const kept = 10_000;

export interface Journal {
  write(entry: Omit<JournalEntry, 'seq'>): void;
  /** Entries with a higher number, oldest first. */
  since(seq: number): JournalEntry[];
}

/** The last 10,000 calls. Numbers start at 1 and are never used twice while the program runs. */
export function makeJournal(): Journal {
  const ring: JournalEntry[] = [];
  let last = 0;
  return {
    write(entry) {
      last += 1;
      ring[(last - 1) % kept] = { seq: last, ...entry };
    },
    since(seq) {
      return ring.filter((entry) => entry.seq > seq).sort((a, b) => a.seq - b.seq);
    },
  };
}
