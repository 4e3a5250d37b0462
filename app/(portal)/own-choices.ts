'use server';

import { z } from 'zod';
import type { Outcome } from '#lib/domain/refusal.ts';
import { removeBundle } from '#lib/operations/bundles/remove-bundle.ts';
import { saveBundle } from '#lib/operations/bundles/save-bundle.ts';
import { shareBundle } from '#lib/operations/bundles/share-bundle.ts';
import { arrangeFavourites } from '#lib/operations/favourites/arrange-favourites.ts';
import { setFavourite } from '#lib/operations/favourites/set-favourite.ts';
import { bundleRoleFinds } from '#lib/queries/bundle-role-finds.ts';
import type { RecentReason } from '#lib/queries/own-choice-rows.ts';
import { paletteFinds, paletteOwn } from '#lib/queries/palette.ts';
import type { PaletteItem, PaletteOwn } from '#lib/queries/palette-rows.ts';
import { recentReasons } from '#lib/queries/recent-reasons.ts';
import type { NamedRole } from '#lib/queries/rows.ts';
import { administer, anew, door, typed } from './door.ts';

const key = z.string().max(2000);
const version = z.number().int().min(1);

const favourite = z.object({ key, on: z.boolean() });

/** Keeps a role at hand, or no longer. */
export async function favourRole(input: z.input<typeof favourite>): Promise<Outcome<null>> {
  return door('favourRole', favourite, input, async (asked, ctx) => {
    await setFavourite(ctx, asked);
    return null;
  });
}

const order = z.array(key).max(100);

/** Puts the favourites in this order. */
export async function orderFavourites(input: z.input<typeof order>): Promise<Outcome<null>> {
  return door('orderFavourites', order, input, async (keys, ctx) => {
    await arrangeFavourites(ctx, keys);
    return null;
  });
}

const bundle = z.object({
  bundleId: z.guid().nullable(),
  version,
  name: typed,
  roles: z.array(z.object({ key, minutes: z.number().int().min(1).max(100_000).nullable() })).max(100),
});

/** Keeps a bundle, a new one where no id is given; answers its id. */
export async function keepBundle(input: z.input<typeof bundle>): Promise<Outcome<string>> {
  return door('keepBundle', bundle, input, async ({ bundleId, version: seen, ...asked }, ctx, session) => {
    const of = bundleId ? { id: bundleId, version: seen } : null;
    return saveBundle(of ? await anew(ctx, session) : ctx, { of, ...asked });
  });
}

const known = z.object({ bundleId: z.guid(), version });

/** Removes a bundle, for everybody it was shared with. */
export async function dropBundle(input: z.input<typeof known>): Promise<Outcome<null>> {
  return door('dropBundle', known, input, async ({ bundleId, version: seen }, ctx, session) => {
    await removeBundle(await anew(ctx, session), { id: bundleId, version: seen });
    return null;
  });
}

const share = known.extend({ names: z.array(typed).max(200) });

/** Says with whom a bundle is shared. */
export async function giveBundle(input: z.input<typeof share>): Promise<Outcome<null>> {
  return administer('giveBundle', share, input, async ({ bundleId, version: seen, names }, ctx) => {
    await shareBundle(ctx, { id: bundleId, version: seen, names });
    return null;
  });
}

/** What the person gave as reasons lately. */
export async function reasonsBefore(): Promise<Outcome<RecentReason[]>> {
  return door('reasonsBefore', z.undefined(), undefined, (_, { actor }) => recentReasons(actor));
}

/** What the palette finds in as one types. */
export async function openPalette(): Promise<Outcome<PaletteOwn>> {
  return door('openPalette', z.undefined(), undefined, (_, { actor }) => paletteOwn(actor));
}

/** What the server finds for the palette, with the rights of who asks. */
export async function searchPalette(text: string): Promise<Outcome<PaletteItem[]>> {
  return door('searchPalette', typed, text, (typedText, { actor }) => paletteFinds(actor, typedText));
}

/** Roles to put into a bundle: one's own, for who administers Stint anybody's. */
export async function findBundleRoles(text: string): Promise<Outcome<NamedRole[]>> {
  return door('findBundleRoles', typed, text, (typedText, { actor }) => bundleRoleFinds(actor, typedText));
}
