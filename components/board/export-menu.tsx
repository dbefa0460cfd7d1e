'use client';

import { useTranslations } from 'next-intl';
import { useClassroom } from '@/components/classroom/classroom-context';
import { type RefusalLike, useRefusalSentence } from '@/components/refusal-sentence';
import { useMe } from '@/components/room-log/use-room';
import { refusalOf, trpc } from '@/components/trpc';
import { toast } from '@/components/ui/toast';
import { pageOfBoard } from '@/room/boards';
import { mayHaveCopy } from '@/room/policy';
import type { Copies } from '@/room/state';
import { useCopiesView } from './copies/copies-view';
import { noteProgress } from './export-progress';
import { MenuItem } from './menu-item';

/** How often it is asked whether the file is ready, ms. */
const ASK_EVERY_MS = 700;

type Choice = { key: string; layers: 'all' | string[]; picture: boolean };

/** The pages with their marks as a file: what everyone sees, with one's own copy or with all of them, and this page as a picture. */
export function ExportMenu({ boardId, copies }: { boardId: string; copies: Copies | null }) {
  const t = useTranslations('exports');
  const sentenceOf = useRefusalSentence();
  const { roomId } = useClassroom();
  const { person: me, mayManage } = useMe();
  const { opened } = useCopiesView();
  const own = copies && mayHaveCopy(me) ? ['shared', me.id] : ['shared'];
  const seen = mayManage && copies && opened ? ['shared', opened] : own;
  const choices: Choice[] = [
    { key: 'shared', layers: ['shared'], picture: false },
    ...(seen.length > 1
      ? [{ key: seen.includes(me.id) ? 'own' : 'opened', layers: seen, picture: false }]
      : []),
    ...(mayManage && copies ? [{ key: 'all', layers: 'all' as const, picture: false }] : []),
    { key: 'picture', layers: seen, picture: true },
  ];
  const start = async ({ layers, picture }: Choice) => {
    noteProgress({ done: 0, total: 0 });
    try {
      const url = await makeFile(roomId, boardId, { layers, picture });
      window.location.assign(url);
    } catch (error) {
      const refusal: RefusalLike = error instanceof ExportFailure ? error : refusalOf(error);
      void toast(sentenceOf(refusal), { tone: 'error' });
    } finally {
      noteProgress(null);
    }
  };
  return choices.map((choice) => (
    <MenuItem
      key={choice.key}
      title={t(`${choice.key}.title`)}
      hint={t(`${choice.key}.hint`)}
      onPress={() => void start(choice)}
    />
  ));
}

class ExportFailure extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Asks for the file, waits until it is made, and gives its address: a download, so the page stays. */
async function makeFile(
  roomId: string,
  boardId: string,
  { layers, picture }: Pick<Choice, 'layers' | 'picture'>,
): Promise<string> {
  const of = pageOfBoard(boardId);
  const { exportId } = await trpc.exports.ask.mutate({
    roomId,
    documentId: of?.documentId ?? null,
    boardId: of ? null : boardId,
    page: picture ? (of?.page ?? 1) : null,
    layers,
  });
  for (;;) {
    const state = await trpc.exports.read.query({ roomId, exportId });
    if (state.status === 'ready') return state.url;
    if (state.status === 'waiting') noteProgress(state);
    if (state.status === 'failed') throw new ExportFailure(state.failure);
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}
