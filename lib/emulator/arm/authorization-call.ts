import type { Call, Caller, World } from '#lib/emulator/wire.ts';

/** A call to `{scope}/providers/Microsoft.Authorization/{rest}`, its caller known and its scope canonical. */
export interface AuthorizationCall {
  call: Call;
  world: World;
  caller: Caller;
  scope: string;
  /** Segments after the provider, as they were sent: the collection first. */
  rest: string[];
}
