'use client';

import { ArrowDown, CircleAlert, Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import type { ShownMessage } from '@/components/room-log/types';
import { useRoomLog } from '@/components/room-log/use-room';
import { useLasting } from '@/components/ui/use-lasting';
import { useWhen } from '@/components/ui/when';
import { groupMessages, linkify, type MessageGroup } from './group-messages';

const NEAR_END_PX = 48;
const NEAR_START_PX = 120;

type Props = {
  messages: readonly ShownMessage[];
  hasOlder: boolean;
  me: string;
  /** Server time of now, ms. */
  now: number;
  onOlder: () => Promise<void>;
};

/** The messages, oldest first. It follows new ones only while the reader is at the end. */
export function MessageList({ messages, hasOlder, me, now, onOlder }: Props) {
  const t = useTranslations('chat');
  const box = useRef<HTMLDivElement>(null);
  const { atEnd, onScroll, toEnd, loading } = useFollowing(box, messages, hasOlder, onOlder);
  const groups = groupMessages(messages);
  return (
    <div className="relative h-full min-h-0">
      <div ref={box} onScroll={onScroll} className="h-full overflow-y-auto overscroll-contain px-4 py-3">
        {loading && <p className="pb-3 text-center text-ink-3 text-xs">{t('loadingOlder')}</p>}
        {messages.length === 0 && <p className="pt-2 text-ink-2 text-sm">{t('empty')}</p>}
        <ol role="log" aria-label={t('messages')} className="flex flex-col gap-4">
          {groups.map((group) => (
            <Group key={group.key} group={group} isMe={group.author === me} now={now} />
          ))}
        </ol>
      </div>
      {!atEnd && (
        <button
          type="button"
          onClick={toEnd}
          className="-translate-x-1/2 absolute bottom-2 left-1/2 flex h-8 items-center gap-1.5 rounded-full border border-line bg-surface px-3 font-medium text-xs shadow-float"
        >
          <ArrowDown size={14} aria-hidden />
          {t('newest')}
        </button>
      )}
    </div>
  );
}

function Group({ group, isMe, now }: { group: MessageGroup; isMe: boolean; now: number }) {
  const t = useTranslations('chat');
  const when = useWhen(now);
  return (
    <li className="flex gap-2.5">
      <Avatar name={group.name} seed={group.author} size={28} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="truncate font-semibold text-xs">
            {isMe ? t('you', { name: group.name }) : group.name}
          </span>
          <time className="shrink-0 text-[12px] text-ink-3">{when.time(group.at)}</time>
        </p>
        {group.messages.map((message) => (
          <Message key={message.id} message={message} />
        ))}
      </div>
    </li>
  );
}

/** A message that is sent within the blink of an eye never said that it was not. */
const PATIENCE_MS = 1500;

function Message({ message }: { message: ShownMessage }) {
  const t = useTranslations('chat');
  const unsent = useLasting(message.status === 'sending', PATIENCE_MS);
  return (
    <div data-message={message.id} data-status={message.status}>
      <p
        className={`whitespace-pre-wrap text-sm [overflow-wrap:anywhere] ${unsent || message.status === 'failed' ? 'text-ink-3' : ''}`}
      >
        {linkify(message.text).map((piece, index) =>
          piece.href ? (
            <a
              key={index}
              href={piece.href}
              target="_blank"
              rel="noopener noreferrer nofollow ugc"
              className="text-accent underline underline-offset-2"
            >
              {piece.text}
            </a>
          ) : (
            piece.text
          ),
        )}
      </p>
      {unsent && (
        <p className="flex items-center gap-1 text-[12px] text-ink-3">
          <Clock size={13} aria-hidden />
          {t('unsent')}
        </p>
      )}
      {message.status === 'failed' && <Failed message={message} />}
    </div>
  );
}

/** The room did not take it: it is sent again, as a new message, or taken away. */
function Failed({ message }: { message: ShownMessage }) {
  const t = useTranslations('chat');
  const log = useRoomLog();
  const again = () => {
    log.dismissMessage(message.id);
    void log.send({ type: 'chat.send', payload: { text: message.text, to: message.to } });
  };
  const look = 'rounded-sm font-medium text-accent underline-offset-2 hover:underline';
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-[12px] text-live">
      <span className="flex items-center gap-1">
        <CircleAlert size={13} aria-hidden />
        {t('failed')}
      </span>
      <button type="button" className={look} onClick={again}>
        {t('again')}
      </button>
      <button type="button" className={look} onClick={() => log.dismissMessage(message.id)}>
        {t('takeAway')}
      </button>
    </p>
  );
}

/** Keeps the end in view while the reader is there, and the reader's place when older messages come in above. */
function useFollowing(
  box: RefObject<HTMLDivElement | null>,
  messages: readonly ShownMessage[],
  hasOlder: boolean,
  onOlder: () => Promise<void>,
) {
  const [atEnd, setAtEnd] = useState(true);
  const [loading, setLoading] = useState(false);
  const first = messages[0]?.id;
  const last = messages.at(-1)?.id;
  const seen = useRef({ first, height: 0 });

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    if (seen.current.first !== first && !atEnd)
      element.scrollTop += element.scrollHeight - seen.current.height;
    else if (atEnd) element.scrollTop = element.scrollHeight;
    seen.current = { first, height: element.scrollHeight };
  }, [box, first, last, atEnd]);

  async function older() {
    setLoading(true);
    await onOlder();
    setLoading(false);
  }

  return {
    atEnd,
    loading,
    onScroll() {
      const element = box.current;
      if (!element) return;
      setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX);
      if (hasOlder && !loading && element.scrollTop < NEAR_START_PX) void older();
    },
    toEnd() {
      box.current?.scrollTo({ top: box.current.scrollHeight });
    },
  };
}
