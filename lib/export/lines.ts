/** Streams a list as JSON lines (one object a line), page by page: nothing of it is held but the page in hand. */
export function linesStream(pages: AsyncIterable<readonly object[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = pages[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value.map((row) => `${JSON.stringify(row)}\n`).join('')));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
