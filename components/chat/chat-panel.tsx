'use client';

import { useTranslations } from 'next-intl';
import { mayChat } from '@/room/policy';
import type { Person } from '@/room/state';
import { useRoom, useRoomLog } from '@/components/room-log/use-room';
import { Composer } from './composer';
import { MessageList } from './message-list';

/** Everyone's chat. Works without voice and video, and keeps what is not sent yet while the network is away. */
export function ChatPanel({ roomId, me, live }: { roomId: string; me: Person; live: boolean }) {
  const t = useTranslations('chat');
  const log = useRoomLog();
  const chat = useRoom((view) => view.chat);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1">
        <MessageList
          messages={chat.messages}
          hasOlder={chat.hasOlder}
          me={me.id}
          now={chat.messages.at(-1)?.at ?? 0}
          onOlder={() => log.loadOlderChat()}
        />
      </div>
      <div className="shrink-0 border-line border-t p-3">
        {mayChat(me) && live ? (
          <Composer
            roomId={roomId}
            onSend={(text) => void log.send({ type: 'chat.send', payload: { text, to: null } })}
          />
        ) : (
          <p className="text-ink-2 text-sm">{t('closed')}</p>
        )}
      </div>
    </div>
  );
}
