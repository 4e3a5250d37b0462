import { Field } from '#components/ui/field.tsx';
import { reviewerRules } from '#lib/domain/campaign.ts';
import { reviewerRuleNames } from '#lib/domain/review-words.ts';
import type { Part } from './about-part.tsx';

const slotNames = ['Ask first', 'If there is none', 'If there is none either', 'And then'];
const everyChoices = [
  ['', 'Once'],
  ['30', 'Every 30 days'],
  ['90', 'Every 90 days'],
  ['180', 'Every 180 days'],
  ['365', 'Every 365 days'],
] as const;

/** Who is asked, when, and how often. */
export function RunPart({ form, type, faults }: Part) {
  return (
    <section aria-labelledby="part-run" className="grid grid-cols-1 gap-4">
      <h2 className="font-semibold text-lg" id="part-run">
        Who decides, and when
      </h2>
      <fieldset aria-describedby={faults.reviewers ? 'rules-error rules-hint' : 'rules-hint'}>
        <legend className="mb-1 font-[550] text-sm">Reviewers</legend>
        <div className="grid gap-x-3 gap-y-2 sm:grid-cols-2">
          {form.reviewers.map((rule, slot) => (
            <label className="grid gap-0.5 text-soft text-xs" key={slotNames[slot]}>
              {slotNames[slot]}
              <select
                className="input"
                onChange={(event) =>
                  type({
                    reviewers: form.reviewers.map((was, at) =>
                      at === slot ? (reviewerRules.find((one) => one === event.target.value) ?? '') : was,
                    ),
                  })
                }
                value={rule}
              >
                <option value="">nobody more</option>
                {reviewerRules.map((one) => (
                  <option key={one} value={one}>
                    {reviewerRuleNames[one]}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
        {faults.reviewers && (
          <p className="text-sm text-warn" id="rules-error">
            {faults.reviewers}
          </p>
        )}
        <p className="mt-1 text-faint text-xs" id="rules-hint">
          For each assignment the first rule that names somebody counts. The owner of a role is whom its
          policy names to approve activations; of a group, its owners. Nobody is asked about their own access,
          also not through a group.
        </p>
      </fieldset>
      {form.reviewers.includes('named') && (
        <Field
          error={faults.named}
          hint="Sign-in names, one a line. All of them are asked; the last word counts."
          id="review-named"
          label="Named people"
        >
          {(aria) => (
            <textarea
              {...aria}
              className="input"
              onChange={(event) => type({ named: event.target.value })}
              rows={2}
              value={form.named}
            />
          )}
        </Field>
      )}
      <Field
        error={faults.fallback}
        hint="Sign-in names, one a line: they are asked about what no rule finds anybody for."
        id="review-fallback"
        label="Fallback"
      >
        {(aria) => (
          <textarea
            {...aria}
            className="input"
            onChange={(event) => type({ fallback: event.target.value })}
            rows={2}
            value={form.fallback}
          />
        )}
      </Field>
      <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
        <Field
          error={faults.opensAt}
          hint="In your time zone. Empty: now. What is to be reviewed is frozen at that moment."
          id="review-opensAt"
          label="Opens"
        >
          {(aria) => (
            <input
              {...aria}
              className="input"
              onChange={(event) => type({ opensAt: event.target.value })}
              type="datetime-local"
              value={form.opensAt}
            />
          )}
        </Field>
        <Field
          error={faults.days}
          hint="Days that reviewers have. Two weeks are usual."
          id="review-days"
          label="Length in days"
        >
          {(aria) => (
            <input
              {...aria}
              className="input"
              inputMode="numeric"
              onChange={(event) => type({ days: event.target.value })}
              value={form.days}
            />
          )}
        </Field>
        <Field
          error={faults.reminders}
          hint="Days before the close, with commas, such as 7, 2. Those with something left see it on top of their reviews."
          id="review-reminders"
          label="Reminders"
        >
          {(aria) => (
            <input
              {...aria}
              className="input"
              onChange={(event) => type({ reminders: event.target.value })}
              value={form.reminders}
            />
          )}
        </Field>
        <Field
          error={faults.recurrence}
          hint="The next review of the series opens so long after this one, at the same hour."
          id="review-every"
          label="Recurs"
        >
          {(aria) => (
            <select
              {...aria}
              className="input"
              onChange={(event) =>
                type({
                  everyDays: event.target.value,
                  timeZone: form.timeZone || new Intl.DateTimeFormat().resolvedOptions().timeZone,
                })
              }
              value={form.everyDays}
            >
              {everyChoices.map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
              {!everyChoices.some(([value]) => value === form.everyDays) && (
                <option value={form.everyDays}>Every {form.everyDays} days</option>
              )}
            </select>
          )}
        </Field>
        {form.everyDays && (
          <Field
            hint="An IANA name, such as Europe/Oslo: the hour stays the same there in summer and winter."
            id="review-zone"
            label="Time zone"
          >
            {(aria) => (
              <input
                {...aria}
                autoComplete="off"
                className="input"
                onChange={(event) => type({ timeZone: event.target.value })}
                value={form.timeZone}
              />
            )}
          </Field>
        )}
      </div>
    </section>
  );
}
