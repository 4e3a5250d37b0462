/**
 * What administrators decide about Stint itself, by subject, with what holds until they do. A rule that is unknown to
 * an older Stint is ignored, one that is missing in what was saved holds as here.
 */
export interface Settings {
  /** What a reason must be, beside what PIM asks. */
  reasons: {
    /** Fewest characters; 0: whatever PIM takes. */
    shortest: number;
    /** Refuses what says nothing in any language: one letter again and again, a row of the keyboard, a ticket number alone. */
    refusesNoise: boolean;
    /** What says nothing, whole and in any case: “test”, “needed”. */
    emptyPhrases: string[];
  };
  /** When Stint itself asks for a fresh, strong sign-in. */
  step_up: {
    activations: 'never' | 'critical' | 'always';
    decisions: 'never' | 'critical' | 'always';
    administration: boolean;
    /** The authentication context that has to be met, such as `c1`; null: any interactive sign-in. */
    context: string | null;
    /** How old the sign-in may be. */
    freshMinutes: number;
  };
  /** Tickets, beside what PIM asks. */
  tickets: {
    /** Critical roles ask for one, whatever their policy says. */
    forCritical: boolean;
    /** What becomes of a number that no ticket system takes, while there are such systems. */
    unknownNumbers: 'allow' | 'refuse';
  };
  /** What Stint answers when PIM asks it as its custom extension. */
  extension: {
    /** Where a rule of Stint's asks nobody, PIM's own approver is left out too; never for critical roles. */
    autoApproves: boolean;
  };
}

export type SettingKey = keyof Settings;

export const defaultSettings: Settings = {
  reasons: {
    shortest: 0,
    refusesNoise: true,
    emptyPhrases: ['test', 'testing', 'needed', 'work', 'access', 'n/a'],
  },
  step_up: {
    activations: 'never',
    // Chat only leads to the portal for these: there somebody has to be at the keyboard.
    decisions: 'critical',
    administration: false,
    context: null,
    freshMinutes: 10,
  },
  tickets: { forCritical: false, unknownNumbers: 'allow' },
  extension: { autoApproves: false },
};
