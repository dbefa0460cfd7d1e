import { useTranslations } from 'next-intl';

type Section = { id: string; title: string; text: string };

/** What a course goes through, in its order; nothing where nothing is written. */
export function SyllabusList({ sections }: { sections: readonly Section[] }) {
  const t = useTranslations('syllabus');
  if (sections.length === 0) return null;
  return (
    <section aria-labelledby="syllabus" className="flex flex-col gap-3">
      <h2 id="syllabus" className="font-semibold text-base">
        {t('heading')}
      </h2>
      <ol className="divide-y divide-line border-line border-y">
        {sections.map(({ id, title, text }, at) => (
          <li key={id} className="flex gap-4 py-3">
            <span aria-hidden className="w-5 shrink-0 text-right text-ink-3 text-sm tabular-nums">
              {at + 1}
            </span>
            <div className="flex min-w-0 flex-col gap-1">
              <h3 className="font-medium text-sm [overflow-wrap:anywhere]">{title}</h3>
              {text && (
                <p className="max-w-prose whitespace-pre-line text-ink-2 text-sm [overflow-wrap:anywhere]">
                  {text}
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
