'use client';

import { useEffect, useState } from 'react';
import { useClassroom } from '@/components/classroom/classroom-context';
import { useRoom } from '@/components/room-log/use-room';
import { trpc } from '@/components/trpc';
import type { Step } from './follow-loop';

/** A state that lasts so long is told; shorter ones are nobody's business. ms */
const LASTS_MS = 1500;
const ASK_EVERY_MS = 4000;

/** Tells the room how this person's player stands, when that has changed for more than a moment. Who says nothing is in step. */
export function useTellStep(generation: number, step: Step): void {
  const { roomId } = useClassroom();
  const [told, setTold] = useState<Step>('in-step');
  useEffect(() => {
    if (step === told) return undefined;
    const timer = setTimeout(() => {
      setTold(step);
      // What does not arrive is a number that is one too low for a while.
      trpc.rooms.tellStep.mutate({ roomId, generation, step }).catch(() => setTold('in-step'));
    }, LASTS_MS);
    return () => clearTimeout(timer);
  }, [roomId, generation, step, told]);
}

export type Steps = Awaited<ReturnType<typeof trpc.rooms.steps.query>> & { 'in-step': number };

/** How many of those who are here are in step, for a presenter; null until it is known. */
export function useSteps(generation: number, presenting: boolean): Steps | null {
  const { roomId } = useClassroom();
  const [out, setOut] = useState<Omit<Steps, 'in-step'> | null>(null);
  const here = useRoom(
    (view) => Object.values(view.head.people).filter(({ connections }) => connections.length > 0).length,
  );
  useEffect(() => {
    if (!presenting) return undefined;
    let stale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      trpc.rooms.steps
        .query({ roomId, generation })
        .then(
          (found) => {
            if (!stale) setOut(found);
          },
          // The line keeps what it last knew.
          () => undefined,
        )
        .finally(() => {
          if (!stale) timer = setTimeout(ask, ASK_EVERY_MS);
        });
    };
    ask();
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [roomId, generation, presenting]);
  if (!out || !presenting) return null;
  const others = out['catching-up'] + out.advertisement + out.blocked + out.failed;
  return { ...out, 'in-step': Math.max(0, here - others) };
}
