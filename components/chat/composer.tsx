'use client';

import { SendHorizontal } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { type KeyboardEvent, useId, useRef } from 'react';
import { Form } from '@/components/ui/form';
import { MAX_CHAT_LENGTH } from '@/room/limits';
import { useDraft } from './use-draft';

/** Where one writes. Nothing that was typed is cut: what is too long is counted, said, and not sent. */
export function Composer({ roomId, onSend }: { roomId: string; onSend: (text: string) => void }) {
  const t = useTranslations('chat');
  const format = useFormatter();
  const [draft, setDraft] = useDraft(roomId);
  const field = useRef<HTMLTextAreaElement>(null);
  const countId = useId();
  const text = draft.trim();
  const tooLong = text.length > MAX_CHAT_LENGTH;
  const sendable = text.length > 0 && !tooLong;

  function send() {
    if (!sendable) return;
    onSend(text);
    setDraft('');
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <Form onSend={send} className="flex flex-col gap-1">
      <div
        className={`flex items-end rounded-panel border bg-surface transition-colors focus-within:border-accent ${tooLong ? 'border-live' : 'border-control/70'}`}
      >
        <textarea
          ref={field}
          aria-label={t('write')}
          aria-describedby={countId}
          aria-invalid={tooLong || undefined}
          placeholder={t('placeholder')}
          value={draft}
          rows={1}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-36 min-h-10 flex-1 resize-none bg-transparent py-2.5 pl-3 text-sm leading-5 outline-none placeholder:text-ink-3"
        />
        <button
          type="submit"
          aria-label={t('send')}
          title={t('send')}
          disabled={!sendable}
          className="m-1 grid size-8 shrink-0 place-items-center rounded-control text-accent transition-colors hover:bg-accent/12 disabled:text-ink-3 disabled:hover:bg-transparent"
        >
          <SendHorizontal size={18} aria-hidden />
        </button>
      </div>
      <p
        id={countId}
        className={`flex justify-between gap-3 text-xs tabular-nums ${tooLong ? 'text-live' : 'text-ink-3'}`}
      >
        <span>{tooLong ? t('tooLong', { over: text.length - MAX_CHAT_LENGTH }) : ''}</span>
        <span data-count>
          {t('count', { count: format.number(text.length), max: format.number(MAX_CHAT_LENGTH) })}
        </span>
      </p>
    </Form>
  );
}
