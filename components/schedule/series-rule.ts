import type { inferRouterInputs } from '@trpc/server';
import type { AppRouter } from '@/server/router';
import { addDays, weekdayOf } from './wall-clock';

export type Rule = inferRouterInputs<AppRouter>['lessons']['scheduleSeries']['rule'];
type Weekly = Extract<Rule['every'], { kind: 'weekly' }>;
export type Weekday = Weekly['weekdays'][number];
type Week = Extract<Rule['every'], { kind: 'monthly' }>['week'];

/** Monday first. */
export const WEEKDAYS: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** What the form of a series holds; empty fields are empty texts. */
export type RuleDraft = {
  repeat: 'never' | 'weekly' | 'monthly';
  interval: string;
  weekdays: readonly Weekday[];
  /** Of the month: the one that the first day is, or the last. */
  lastOfMonth: boolean;
  endBy: 'count' | 'until';
  count: string;
  until: string;
  except: readonly string[];
};

/** @param date  the first day, of a date field */
export function newDraft(date: string): RuleDraft {
  return {
    ...{ repeat: 'never', interval: '1', weekdays: [], lastOfMonth: false },
    ...{ endBy: 'count', count: '10', until: addDays(date, 7 * 9), except: [] },
  };
}

const dayOf = (date: string): Weekday => WEEKDAYS[weekdayOf(date) ?? 0] ?? 'MO';

/** Which of its weekday in the month a day is; the fifth is the last. */
function weekOf(date: string): Week {
  const week = Math.ceil(Number(date.slice(8, 10)) / 7);
  return week === 1 || week === 2 || week === 3 || week === 4 ? week : -1;
}

/** The rule of a draft whose first lesson is on a day; null where it does not repeat. */
export function ruleOf(draft: RuleDraft, date: string): Rule | null {
  if (draft.repeat === 'never') return null;
  const interval = Number(draft.interval);
  const own = dayOf(date);
  return {
    every:
      draft.repeat === 'weekly'
        ? { kind: 'weekly', interval, weekdays: draft.weekdays.length > 0 ? [...draft.weekdays] : [own] }
        : { kind: 'monthly', interval, week: draft.lastOfMonth ? -1 : weekOf(date), weekday: own },
    end:
      draft.endBy === 'count'
        ? { kind: 'count', count: Number(draft.count) }
        : { kind: 'until', date: draft.until },
    except: [...draft.except],
  };
}
