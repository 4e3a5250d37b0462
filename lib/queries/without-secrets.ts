const token =
  /\b(?:ey[\w-]{8,}(?:\.[\w-]+){1,4}|bearer\s+\S+|(?:client_secret|password|code|refresh_token)=\S+)/gi;
const longest = 400;

/** An error’s own words for an administrator’s eye: tokens and secrets blotted out, cut to a few lines. */
export function withoutSecrets(text: string): string {
  const clean = text.replace(token, '[removed]');
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
}
