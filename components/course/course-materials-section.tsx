import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { CourseMaterials } from './course-materials';
import type { Material } from './types';

type Props = { courseId: string; materials: readonly Material[]; edits: boolean };

/** A course's files on its page. Who chooses them is told where; who only reads sees nothing while there are none. */
export function CourseMaterialsSection({ courseId, materials, edits }: Props) {
  const t = useTranslations('materials');
  if (materials.length === 0 && !edits) return null;
  return (
    <section aria-labelledby="materials" className="flex flex-col gap-3">
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="materials" className="font-semibold text-base">
          {t('title')}
        </h2>
        {edits && (
          <Link
            href={`/courses/${courseId}/settings/materials`}
            prefetch={false}
            className="rounded-control px-1 text-accent text-sm hover:underline"
          >
            {t('choose')}
          </Link>
        )}
      </div>
      {materials.length > 0 ? (
        <CourseMaterials courseId={courseId} materials={materials} />
      ) : (
        <p className="text-ink-3 text-sm">{t('none')}</p>
      )}
    </section>
  );
}
