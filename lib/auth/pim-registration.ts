import { config } from '#lib/config/config.ts';
import { ownUrl } from './own-url.ts';

/** What an administrator registers in Entra for PIM's custom extension; `registered`: what this Stint is configured with. */
export function pimRegistration(): {
  preApproval: string;
  postApproval: string;
  registered: { clientId: string; audience: string } | null;
} {
  return {
    preApproval: ownUrl('/api/integrations/pim/pre-approval'),
    postApproval: ownUrl('/api/integrations/pim/post-approval'),
    registered: config().pimExtension,
  };
}
