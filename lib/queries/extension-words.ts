import { secondsInWords } from '#lib/domain/time.ts';
import type { StoryMoment } from './rows.ts';
import type { StoryTellers } from './story-words.ts';

const lines = (value: unknown): string | null =>
  Array.isArray(value) && value.length > 0 ? value.map(String).join(' ') : null;
const asked = (stage: unknown) =>
  stage === 'post_approval' ? 'PIM asked after its own approver' : 'PIM asked before granting';
const applier = (what: string, tone: StoryMoment['tone'], quote: string | null = null) => ({
  ...{ who: 'The Applier', what, quote, tone },
});

/** What PIM's extension had to do with a request, and what happened in another client. */
export const extensionTellers: StoryTellers = {
  'request.extension_approved': ({ reasons, stage }) => ({
    who: 'Stint',
    what: `told PIM to go on: ${asked(stage)}`,
    quote: lines(reasons),
    tone: 'good',
  }),
  'request.extension_denied': ({ reasons, stage }) => ({
    who: 'Stint',
    what: `told PIM no: ${asked(stage)}`,
    quote: lines(reasons),
    tone: 'bad',
  }),
  'request.started_elsewhere': (_, entry) => ({
    who: entry.actorName,
    what: 'saw it started in another client, such as Microsoft’s portal',
    quote: null,
    tone: 'plain',
  }),
  'request.bypassed': ({ extensionSaid, is, isEnded, rule }) => ({
    who: 'Stint',
    what: `found that it went past ${is === 'frozen' ? 'the freeze' : 'the rule'} “${rule}”${
      extensionSaid === 'denied' ? ', though PIM was told no' : ''
    }${isEnded ? '; the Applier is to end it' : ''}`,
    quote: null,
    tone: 'bad',
  }),
  'request.bypass_ended': ({ outcome, tookSeconds }) =>
    outcome === 'already_gone'
      ? applier('came to end it, and found it over already', 'plain')
      : applier(
          `ended it: the Reader saw it gone from Azure${
            typeof tookSeconds === 'number' ? ` ${secondsInWords(tookSeconds)} after Azure was told` : ''
          }`,
          'good',
        ),
  'request.bypass_not_ended': ({ explanation }) =>
    applier('cannot end it: somebody has to', 'bad', typeof explanation === 'string' ? explanation : null),
};
