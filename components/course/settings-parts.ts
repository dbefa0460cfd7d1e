const PARTS = ['basics', 'enrolment', 'people', 'syllabus', 'materials'] as const;

export type SettingsPart = (typeof PARTS)[number];

/** What of a course somebody may set up: its teachers what it teaches and whom, its owner the rest too. */
export function settingsParts(manages: boolean): readonly SettingsPart[] {
  return manages ? PARTS : PARTS.filter((part) => part !== 'basics' && part !== 'enrolment');
}

/** The part at an address; null where there is none of that name, or not for this person. */
export function settingsPartOf(name: string, manages: boolean): SettingsPart | null {
  return settingsParts(manages).find((part) => part === name) ?? null;
}
