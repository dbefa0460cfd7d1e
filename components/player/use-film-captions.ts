'use client';

import { useEffect, useRef, useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { trpc } from '@/components/trpc';
import { type FilmCaptions, type OwnFilm, putCaptions, refusalOfCaptions } from './film-captions';

/** The captions of a film of one's own: what there is, and what is put to it or taken off. */
export function useFilmCaptions(film: OwnFilm, noLines: string) {
  const sentenceOf = useRefusalSentence();
  const [list, setList] = useState<readonly FilmCaptions[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const leaving = useRef(new AbortController());
  const run = async (work: (signal: AbortSignal) => Promise<readonly FilmCaptions[]>) => {
    const { signal } = leaving.current;
    setBusy(true);
    setProblem(null);
    try {
      const found = await work(signal);
      if (!signal.aborted) setList(found);
    } catch (error) {
      const refusal = refusalOfCaptions(error);
      if (!signal.aborted) setProblem(refusal.code === 'NO_LINES' ? noLines : sentenceOf(refusal));
    }
    if (!signal.aborted) setBusy(false);
  };
  const read = () => trpc.documents.captions.query({ documentId: film.id });
  const begin = useRef(() => void run(read));
  useEffect(() => {
    const here = new AbortController();
    leaving.current = here;
    begin.current();
    return () => here.abort();
  }, []);
  return {
    list,
    busy,
    problem,
    add: (file: File) => void run((signal) => putCaptions(film, file, signal)),
    remove: (id: string) =>
      void run(async () => {
        await trpc.documents.removeCaptions.mutate({ documentId: film.id, id });
        return read();
      }),
  };
}
