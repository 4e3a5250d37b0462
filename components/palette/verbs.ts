import type { Activate } from '#components/access/ask.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { PaletteItem, PaletteOwn } from '#lib/queries/palette-rows.ts';

/** What the palette asks the server, and has it do. */
export interface PaletteVerbs {
  open(): Promise<Outcome<PaletteOwn>>;
  search(text: string): Promise<Outcome<PaletteItem[]>>;
  activate: Activate;
  end(requestId: string): Promise<Outcome<null>>;
  refresh(): Promise<Outcome<null>>;
}
