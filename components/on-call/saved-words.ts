/** That it is saved, and why PIM has nothing of it yet, where that is so. */
export function savedWords(saved: string, notFiled: string | null): string {
  return notFiled ? `${saved} Nothing was filed with PIM yet: ${notFiled}` : saved;
}
