/** Runs once when the server starts, never in the build. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    await (await import('#lib/boot.ts')).boot();
  }
}
