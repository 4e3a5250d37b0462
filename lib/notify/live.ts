import { NotifyFault } from './faults.ts';
import type { Outlets } from './ports.ts';

/** The ways out that this process's environment sets up. */
export function liveOutlets(): Outlets {
  return {
    channels: {},
    callWebhook: async () => {
      throw new NotifyFault('unreachable', 'Webhooks are not set up.');
    },
  };
}
