import { getCaller } from '@/server/caller';
import { BasicsForm } from './basics-form';
import { CoverField } from './cover-field';
import { EnrolmentForm } from './enrolment-form';
import { languagesFor } from './languages';
import { MaterialsEditor } from './materials-editor';
import { PeopleSettings } from './people/people-settings';
import type { SettingsPart } from './settings-parts';
import { SyllabusEditor } from './syllabus-editor';
import type { CourseSettings } from './types';

/** One part of a course's settings, with what it needs. */
export async function SettingsPartView({ part, settings }: { part: SettingsPart; settings: CourseSettings }) {
  const { id: courseId, basics, cover, enrolment } = settings;
  switch (part) {
    case 'basics':
      return (
        <>
          <BasicsForm courseId={courseId} basics={basics} languages={await languagesFor(basics.language)} />
          <CoverField courseId={courseId} title={basics.title} cover={cover} />
        </>
      );
    case 'enrolment':
      return <EnrolmentForm courseId={courseId} enrolment={enrolment} pageUrl={settings.pageUrl} />;
    case 'people': {
      const caller = await getCaller();
      const [requests, invitations, link] = await Promise.all([
        caller.join.requests({ courseId }),
        caller.invitations.list({ courseId }),
        caller.invitations.link({ courseId }),
      ]);
      return (
        <PeopleSettings
          courseId={courseId}
          manages={settings.manages}
          requests={requests}
          invitations={invitations}
          linkUrl={link.url}
        />
      );
    }
    case 'syllabus':
      return (
        <SyllabusEditor
          courseId={courseId}
          sections={await (await getCaller()).syllabus.list({ courseId })}
        />
      );
    case 'materials':
      return (
        <MaterialsEditor
          courseId={courseId}
          materials={await (await getCaller()).materials.list({ courseId })}
        />
      );
  }
}
