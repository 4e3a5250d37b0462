/** `npm run applier`: the one process that may change assignments. It answers nobody from outside. */
import { bootApplier } from '#lib/boot.ts';
import { log } from '#lib/log.ts';

try {
  const { stop } = await bootApplier();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  log.fatal(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
