import type { Instrumentation } from 'next';

/** Runs once when the server starts, never in the build. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    await (await import('#lib/boot.ts')).boot();
  }
}

/** What no door foresaw, with the number its page shows and the id that follows the request to Azure. */
export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    (await import('#lib/boot.ts')).logRequestError(error, request);
  }
};
