const PARTS = ['basics', 'enrolment', 'syllabus', 'materials'] as const;

export type SettingsPart = (typeof PARTS)[number];

/** What of a course somebody may set up: its teachers what it teaches, its owner the rest too. */
export function settingsParts(manages: boolean): readonly SettingsPart[] {
  return manages ? PARTS : PARTS.filter((part) => part === 'syllabus' || part === 'materials');
}

/** The part at an address; null where there is none of that name, or not for this person. */
export function settingsPartOf(name: string, manages: boolean): SettingsPart | null {
  return settingsParts(manages).find((part) => part === name) ?? null;
}
