import { useRefusalSentence } from '@/components/refusal-sentence';
import { toast } from '@/components/ui/toast';
import type { CommandBody, RefusalCode } from '@/room/commands';
import { useRoomLog } from './use-room';

/** What a refusal means in this place, where that is more than its own sentence says. */
type Sentences = Partial<Record<RefusalCode, string>>;

/** Asks something of the room, and says so where it is refused. Gives whether it was carried out. */
export function useAsk(): (body: CommandBody, sentences?: Sentences) => Promise<boolean> {
  const log = useRoomLog();
  const sentenceOf = useRefusalSentence();
  return async (body, sentences = {}) => {
    const result = await log.send(body);
    if (!result.ok) await toast(sentences[result.code] ?? sentenceOf(result), { tone: 'error' });
    return result.ok;
  };
}
