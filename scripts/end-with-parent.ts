/**
 * Loaded into every program that scripts start (`--import`): when the script is gone, however it went, the
 * program ends too. The channel between the two closes even at `kill -9`. Programs hand their options on to
 * workers of their own; those have another parent and are left alone.
 */
if (process.env.STINT_PARENT === String(process.ppid)) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}
