import { trpc } from '@/components/trpc';
import type { CallView } from '@/server/router';
import { tellCalls } from './call-store';

type Callee = { courseId: string; course: string; person: { id: string; name: string } };

/** Rings somebody, from this tab. Rejects where it is refused (`refusalOf`). */
export async function placeCall({ courseId, course, person }: Callee): Promise<void> {
  const placed = await trpc.calls.place.mutate({ courseId, personId: person.id });
  const call: CallView = {
    ...{ id: placed.callId, role: 'caller', state: placed.state, slug: placed.slug, person },
    course: { id: courseId, title: course },
    // The stream says until when, and says so at once.
    ringsUntil: Number.POSITIVE_INFINITY,
  };
  if (placed.state === 'answered' && placed.slug) return tellCalls({ type: 'go', call, slug: placed.slug });
  tellCalls({ type: 'placed', call });
  if (placed.state === 'busy') tellCalls({ type: 'news', call });
}

/** Answers a call, from this tab. Where another one was quicker, or it rings no more, the tab shows that instead. */
export async function acceptCall(call: CallView): Promise<void> {
  const { state, slug, mine } = await trpc.calls.accept.mutate({ callId: call.id });
  if (mine && slug) return tellCalls({ type: 'go', call, slug });
  tellCalls({ type: 'news', call: { ...call, state, slug } });
}

export async function declineCall(call: CallView): Promise<void> {
  await trpc.calls.decline.mutate({ callId: call.id });
  tellCalls({ type: 'close' });
}

/** Gives up. Where the other one was quicker to answer, the tab says so. */
export async function cancelCall(call: CallView): Promise<void> {
  tellCalls({ type: 'give-up' });
  const { state, slug } = await trpc.calls.cancel.mutate({ callId: call.id });
  tellCalls({ type: 'news', call: { ...call, state, slug } });
}
