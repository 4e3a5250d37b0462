/** A reader that takes nothing for so long has left without saying so; what it holds is freed. */
const patienceMs = 60_000;

/**
 * A body from its parts, taken only as the reader asks. Nothing marks its end but the end itself: whatever goes wrong
 * on the way breaks the body off, so that a client sees a torn answer (HTTP ends a whole one explicitly), never one
 * that looks whole. `leave` is aborted when the reader goes or stands still; `over` is called once, at any end.
 */
export function bodyOf(
  parts: AsyncIterator<Uint8Array>,
  leave: AbortController,
  over: () => void,
): ReadableStream<Uint8Array> {
  let patience: NodeJS.Timeout | undefined;
  const end = () => {
    clearTimeout(patience);
    over();
  };
  return new ReadableStream({
    async pull(controller) {
      clearTimeout(patience);
      try {
        const { done, value } = await parts.next();
        if (done) {
          end();
          controller.close();
          return;
        }
        controller.enqueue(value);
      } catch (error) {
        end();
        throw error;
      }
      patience = setTimeout(() => {
        leave.abort();
        controller.error(new Error('The reader of an export stood still.'));
        end();
      }, patienceMs);
    },
    cancel() {
      leave.abort();
      end();
      void parts.return?.();
    },
  });
}
