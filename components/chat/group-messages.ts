import type { ShownMessage } from '@/components/room-log/types';

const TOGETHER_MS = 5 * 60_000;

/** Consecutive messages of one person within five minutes stand under one name. */
export type MessageGroup = {
  key: string;
  author: string;
  name: string;
  at: number;
  messages: readonly ShownMessage[];
};

export function groupMessages(messages: readonly ShownMessage[]): MessageGroup[] {
  const groups: (MessageGroup & { messages: ShownMessage[] })[] = [];
  for (const message of messages) {
    const last = groups.at(-1);
    const before = last?.messages.at(-1);
    if (
      last &&
      before &&
      last.author === message.author &&
      last.name === message.authorName &&
      message.at - before.at < TOGETHER_MS
    ) {
      last.messages.push(message);
    } else {
      groups.push({
        key: message.id,
        author: message.author,
        name: message.authorName,
        at: message.at,
        messages: [message],
      });
    }
  }
  return groups;
}

/** A message in pieces: text, and addresses that may be opened. Only `http` and `https` count. */
export function linkify(text: string): { text: string; href: string | null }[] {
  const pieces: { text: string; href: string | null }[] = [];
  let from = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/giu)) {
    if (!URL.canParse(match[0])) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), href: null });
    pieces.push({ text: match[0], href: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), href: null });
  return pieces;
}
