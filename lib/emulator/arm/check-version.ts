import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Call } from '#lib/emulator/wire.ts';
import { knownVersions } from './known-versions.ts';

/** Refuses a call without an api-version, with one that is none, or with one that what it names does not have. */
export function checkVersion(call: Call): void {
  const version = versionOf(call);
  if (version === undefined || version === '') {
    throw new PimRefusal(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  if (!/^\d{4}-\d{2}-\d{2}(-[a-z]+)?$/i.test(version)) {
    throw new PimRefusal(400, 'InvalidApiVersionParameter', `The api-version '${version}' is invalid.`);
  }
  const collection =
    /\/microsoft\.authorization\/([^/]+)(?!.*\/microsoft\.authorization\/)/i.exec(call.path)?.[1] ?? '';
  const known = knownVersions(collection);
  if (known !== null && !known.includes(version.toLowerCase())) {
    throw new PimRefusal(
      400,
      'UnsupportedApiVersion',
      `The HTTP resource that matches the request URI '${call.origin}${call.path}' does not support the API version '${version}'.`,
    );
  }
}

/** Whether a call's version prints null where there is no value: the stable ones do, in their reference. */
export function tellsNull(call: Call): boolean {
  return !/preview$/i.test(versionOf(call) ?? '');
}

function versionOf(call: Call): string | undefined {
  return [...call.query].find(([name]) => name.toLowerCase() === 'api-version')?.[1];
}
