import { chromium, type Page } from '@playwright/test';
import { signUpActor } from '../../actor';
import { CHROMIUM_ARGS, chromiumPath } from '../../chromium';
import { collectScripts, sumKb } from '../page-weight';
import type { Section } from '../run-sections';

/** The JavaScript of a course's public page above an empty page of the same build, compressed. */
export const measurePublicPage: Section = async ({ appUrl }) => {
  const teacher = await signUpActor(appUrl, 'Mara Lindt');
  const { id: courseId, roomSlug } = await teacher.trpc.courses.create.mutate({ title: 'Astronomy' });
  await teacher.trpc.courses.changeEnrolment.mutate({
    courseId,
    ...{ visibility: 'public', enrolment: 'open', registration: 'series', capacity: 20 },
  });
  await teacher.trpc.syllabus.add.mutate({ courseId, title: 'The Moon', text: 'Its faces' });
  await teacher.trpc.lessons.schedule.mutate({
    courseId,
    title: 'First evening',
    startsAt: new Date(Date.now() + 86_400_000).toISOString().slice(0, 16),
    timeZone: 'UTC',
    durationMinutes: 60,
  });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  try {
    const loaded = (page: Page) => page.waitForLoadState('networkidle');
    const empty = await collectScripts(browser, `${appUrl}/no-such-page`, { usable: loaded });
    const page = await collectScripts(browser, `${appUrl}/c/${roomSlug}`, {
      usable: async (page) => {
        await page.getByRole('button', { name: 'Enrol' }).waitFor();
        await loaded(page);
      },
    });
    return { publicPageExtraKb: sumKb(page) - sumKb(empty) };
  } finally {
    await browser.close();
    await teacher.dispose();
  }
};
