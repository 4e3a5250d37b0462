const headerBytes = 19;
/** Before each value: two bytes that count the row's fields (1; -1 after the last row), four with its length. */
const countBytes = 2;
const frameBytes = 6;

/**
 * Takes the frames out of a binary COPY of one column, chunk by chunk, wherever the cuts fall: what stays are the
 * values, one after the other. The chunk given is written over. Source: PostgreSQL's manual, COPY, binary format.
 * @throws Error when it has not one column.
 */
export function copiedFields(): (chunk: Buffer) => Buffer {
  let place = -headerBytes;
  let frame = 0;
  let left = 0;
  let ended = false;
  return (chunk) => {
    let to = 0;
    for (let from = 0; from < chunk.length && !ended; ) {
      if (left > 0) {
        const taken = Math.min(left, chunk.length - from);
        chunk.copyWithin(to, from, from + taken);
        to += taken;
        from += taken;
        left -= taken;
        continue;
      }
      frame = place < 0 ? 0 : (frame << 8) | (chunk[from] ?? 0);
      from++;
      place++;
      if (place === countBytes) {
        if (frame === 0xffff) ended = true;
        else if (frame !== 1) throw new Error(`A COPY of ${frame} columns, where one was expected.`);
        frame = 0;
      }
      if (place === frameBytes) {
        left = Math.max(0, frame);
        frame = 0;
        place = 0;
      }
    }
    return chunk.subarray(0, to);
  };
}
