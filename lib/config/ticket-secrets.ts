import { namesIn } from './read-variables.ts';
import { textOf } from './text-of.ts';

/** What the environment holds for ticket systems: a credential by its name, and hosts that may be called though inner. */
export interface TicketSecrets {
  access(name: string): { user: string | null; token: string } | null;
  reach: { hosts: readonly string[]; sandbox: boolean };
}

/** STINT_TICKET_<NAME>_TOKEN or …_TOKEN_FILE, with …_USER where there is one; a file is read anew each time. */
export function readTicketSecrets(variables: Record<string, string | undefined>): TicketSecrets {
  return {
    access: (name) => {
      const of = (what: string) => variables[`STINT_TICKET_${name}_${what}`]?.trim() || undefined;
      const token = of('TOKEN') ?? textOf(of('TOKEN_FILE'));
      return token ? { user: of('USER') ?? null, token } : null;
    },
    reach: { hosts: namesIn(variables.STINT_TICKET_HOSTS ?? ''), sandbox: !variables.AZURE_TENANT_ID },
  };
}
