/**
 * Loaded into every program that scripts start (`--import`): when the script is gone, however it went, the
 * program ends too. The channel between the two closes even at `kill -9`.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
