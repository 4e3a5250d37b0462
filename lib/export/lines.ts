/** Pages of a list as JSON lines, one object a line. */
export async function* jsonLines(pages: AsyncIterable<readonly object[]>): AsyncGenerator<Uint8Array> {
  for await (const rows of pages) yield Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** The heading, if there is one, and then the lines. */
export async function* headed(heading: string, lines: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (heading) yield Buffer.from(heading);
  yield* lines;
}
