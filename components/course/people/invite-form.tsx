'use client';

import { FileUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { chooseFiles } from '@/components/library/choose-files';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Field, Select, Textarea } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { toast } from '@/components/ui/toast';
import { textOf, useCall } from '@/components/ui/use-call';
import { InvitePreview } from './invite-preview';
import { packList } from './pack-list';
import type { InvitationPreview } from './types';

const ROLES = ['student', 'presenter', 'teacher'] as const;
type Role = (typeof ROLES)[number];
type Checked = { packed: string; role: Role; preview: InvitationPreview };

/** Addresses, pasted or out of a file: first looked at, then sent. */
export function InviteForm({ courseId, manages }: { courseId: string; manages: boolean }) {
  const t = useTranslations('invite');
  const router = useRouter();
  const call = useCall();
  const [role, setRole] = useState<Role>('student');
  const [text, setText] = useState('');
  const [checked, setChecked] = useState<Checked | null>(null);

  async function check(list: Blob) {
    const packed = await packList(list);
    const seen = await call.run(() => trpc.invitations.preview.mutate({ courseId, packed, role }));
    setChecked(seen && { packed, role, preview: seen.answer });
  }
  async function chooseFile() {
    const [file] = await chooseFiles({ multiple: false });
    if (file) await check(file);
  }
  async function send({ packed, role: as }: Checked) {
    const sent = await call.run(() => trpc.invitations.send.mutate({ courseId, packed, role: as }));
    if (!sent) return;
    setChecked(null);
    setText('');
    router.refresh();
    await toast(t('sent', { count: sent.answer.invited }));
  }

  const wrong =
    call.field === 'list' ? t(`list.${call.reason === 'tooMany' ? 'tooMany' : 'unreadable'}`) : null;
  if (checked) {
    return (
      <InvitePreview
        preview={checked.preview}
        busy={call.busy}
        refused={call.sentence ?? wrong}
        onSend={() => void send(checked)}
        onBack={() => setChecked(null)}
      />
    );
  }
  return (
    <Form
      aria-label={t('title')}
      className="flex flex-col gap-4"
      onSend={(form) => void check(new Blob([textOf(form, 'list')]))}
    >
      <Field label={t('addresses')} hint={t('addressesHint')} error={wrong}>
        {(wiring) => (
          <Textarea
            {...wiring}
            name="list"
            rows={4}
            required
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={t('addressesExample')}
            spellCheck={false}
          />
        )}
      </Field>
      {manages && (
        <Field label={t('role')} className="max-w-48">
          {(wiring) => (
            <Select
              {...wiring}
              value={role}
              onChange={(event) => setRole(ROLES.find((one) => one === event.target.value) ?? 'student')}
            >
              {ROLES.map((one) => (
                <option key={one} value={one}>
                  {t(`roles.${one}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={call.busy}>
          {t('check')}
        </Button>
        <Button
          icon={<FileUp size={16} aria-hidden />}
          disabled={call.busy}
          onClick={() => void chooseFile()}
        >
          {t('file')}
        </Button>
      </div>
    </Form>
  );
}
