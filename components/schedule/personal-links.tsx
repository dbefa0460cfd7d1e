'use client';

import type { inferRouterOutputs } from '@trpc/server';
import { Link2, Link2Off } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Field, Input } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { IconButton } from '@/components/ui/icon-button';
import { Panel } from '@/components/ui/panel';
import { toast } from '@/components/ui/toast';
import { useCall } from '@/components/ui/use-call';
import type { AppRouter } from '@/server/router';
import type { LessonView } from './types';

type PersonalLink = inferRouterOutputs<AppRouter>['links']['personal'][number];

/** The next lesson's personal links, read when they are first asked for. */
export function PersonalLinks({ lesson }: { lesson: LessonView }) {
  const t = useTranslations('personalLinks');
  const call = useCall();
  const [links, setLinks] = useState<readonly PersonalLink[] | null>(null);

  async function show() {
    const read = await call.run(() => trpc.links.personal.query({ lessonId: lesson.id }));
    if (read) setLinks(read.answer);
  }

  if (links) return <LinkPanel lesson={lesson} links={links} onChange={setLinks} />;
  return (
    <div className="-mt-5 flex flex-col items-start gap-2">
      <Button
        variant="quiet"
        size="small"
        className="-ml-3"
        icon={<Link2 size={16} aria-hidden />}
        busy={call.busy}
        onClick={() => void show()}
      >
        {t('show')}
      </Button>
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
    </div>
  );
}

type PanelProps = {
  lesson: LessonView;
  links: readonly PersonalLink[];
  onChange: (links: readonly PersonalLink[]) => void;
};

function LinkPanel({ lesson, links, onChange }: PanelProps) {
  const t = useTranslations('personalLinks');
  const call = useCall();
  const [name, setName] = useState('');

  async function create() {
    const made = await call.run(() => trpc.links.createPersonal.mutate({ lessonId: lesson.id, name }));
    if (!made) return;
    onChange([...links, made.answer]);
    setName('');
  }
  async function revoke(link: PersonalLink) {
    const done = await call.run(() =>
      trpc.links.revokePersonal.mutate({ lessonId: lesson.id, linkId: link.id }),
    );
    if (!done) return;
    onChange(links.filter((one) => one.id !== link.id));
    await toast(t('revoked', { name: link.name }));
  }

  return (
    <Panel className="-mt-4 flex flex-col gap-4 p-5">
      <section aria-label={t('title')} className="flex flex-col gap-4">
        <div className="flex flex-col gap-1">
          <h3 className="font-semibold text-sm">{t('title')}</h3>
          <p className="text-ink-2 text-xs">{t('hint')}</p>
        </div>
        {links.length === 0 && <p className="text-ink-3 text-sm">{t('none')}</p>}
        {links.length > 0 && (
          <ul className="divide-y divide-line border-line border-y">
            {links.map((link) => (
              <li key={link.id} className="flex items-center gap-2 py-1.5">
                <span className="min-w-0 flex-1 truncate">{link.name}</span>
                <CopyButton text={link.url} label={t('copy', { name: link.name })} iconOnly />
                <IconButton
                  label={t('revoke', { name: link.name })}
                  disabled={call.busy}
                  onClick={() => void revoke(link)}
                >
                  <Link2Off size={16} />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
        <Form className="flex items-start gap-2" onSend={create}>
          <Field
            label={t('name')}
            hideLabel
            className="flex-1"
            error={call.field === 'name' ? t('nameWrong') : null}
          >
            {(wiring) => (
              <Input
                {...wiring}
                value={name}
                onChange={(event) => setName(event.target.value)}
                required
                maxLength={80}
                autoComplete="off"
                placeholder={t('name')}
              />
            )}
          </Field>
          <Button type="submit" busy={call.busy}>
            {t('create')}
          </Button>
        </Form>
        {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
      </section>
    </Panel>
  );
}
