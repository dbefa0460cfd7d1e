'use client';

import { ChevronDown, ChevronLeft, ChevronRight, ChevronUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useRef, useState } from 'react';
import type { Person } from '@/room/state';
import { faceGrid, facesThatFit, pageOf, stripOf } from './faces-layout';
import { Tile } from './tile';
import { type Size, useSize } from './use-size';

type Props = { people: readonly Person[]; me: string };

/** Faces beside the stage: a column that pages. */
export function FacesColumn({ people, me }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const size = useSize(ref);
  return (
    <div ref={ref} className="min-h-0 min-w-0 flex-1 overflow-hidden">
      {size && <Column people={people} me={me} size={size} />}
    </div>
  );
}

const PAGER_PX = 36;

function Column({ people, me, size }: Props & { size: Size }) {
  const width = size.width;
  const height = Math.round(width < 150 ? width * 0.75 : (width * 9) / 16);
  const all = facesThatFit(size.height, height);
  const perPage = people.length > all ? facesThatFit(size.height - PAGER_PX, height) : all;
  return (
    <Paged people={people} perPage={perPage} vertical>
      {(shown) => (
        <div className="flex flex-col gap-2">
          {shown.map((person) => (
            <FaceTile key={person.id} person={person} me={me} width={width} height={height} />
          ))}
        </div>
      )}
    </Paged>
  );
}

const STRIP_TILE = { width: 112, height: 76 } as const;

/** Faces under the stage on a phone: a strip that is swept. Of hundreds, those are there that are seen or come next. */
export function FacesStrip({ people, me }: Props) {
  const t = useTranslations('classroom.faces');
  const ref = useRef<HTMLElement>(null);
  const size = useSize(ref);
  const [scrolled, setScrolled] = useState(0);
  const strip = stripOf(people.length, STRIP_TILE.width, scrolled, size?.width ?? 0);
  return (
    <section
      ref={ref}
      aria-label={t('label')}
      onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
      className="shrink-0 overflow-x-auto overscroll-contain pb-2 [scrollbar-width:none]"
    >
      <div className="relative" style={{ width: strip.length, height: STRIP_TILE.height }}>
        {people.slice(strip.first, strip.end).map((person, index) => (
          <div
            key={person.id}
            className="absolute top-0"
            style={{ left: strip.startOf(strip.first + index) }}
          >
            <FaceTile person={person} me={me} {...STRIP_TILE} />
          </div>
        ))}
      </div>
    </section>
  );
}

/** Faces with the whole stage to themselves: nothing else is shown. */
export function FacesGrid({ people, me }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const size = useSize(ref);
  return (
    <div ref={ref} className="size-full min-h-0 overflow-hidden">
      {size && <Grid people={people} me={me} size={size} />}
    </div>
  );
}

function Grid({ people, me, size }: Props & { size: Size }) {
  const { perPage } = faceGrid(people.length, size.width, size.height);
  const height = people.length > perPage ? size.height - PAGER_PX : size.height;
  return (
    <Paged people={people} perPage={perPage}>
      {(shown) => {
        const grid = faceGrid(shown.length, size.width, height);
        return (
          <div className="flex flex-wrap content-center items-center justify-center gap-2" style={{ height }}>
            {shown.map((person) => (
              <FaceTile
                key={person.id}
                person={person}
                me={me}
                width={grid.tileWidth}
                height={grid.tileHeight}
              />
            ))}
          </div>
        );
      }}
    </Paged>
  );
}

function FaceTile({
  person,
  me,
  width,
  height,
}: {
  person: Person;
  me: string;
  width: number;
  height: number;
}) {
  return (
    <Tile
      id={person.id}
      name={person.name}
      isMe={person.id === me}
      handRaised={person.handRaisedAt !== null}
      dropped={person.dropped === true}
      width={width}
      height={height}
    />
  );
}

type PagedProps = {
  people: readonly Person[];
  perPage: number;
  vertical?: boolean;
  children: (shown: readonly Person[]) => ReactNode;
};

function Paged({ people, perPage, vertical = false, children }: PagedProps) {
  const t = useTranslations('classroom.faces');
  const [wanted, setWanted] = useState(0);
  const { items, page, pages } = pageOf(people, wanted, perPage);
  const Back = vertical ? ChevronUp : ChevronLeft;
  const On = vertical ? ChevronDown : ChevronRight;
  return (
    <section aria-label={t('label')} className="flex h-full flex-col justify-between gap-1">
      {children(items)}
      {pages > 1 && (
        <div className="flex h-7 shrink-0 items-center justify-center gap-2 text-white/75 text-xs tabular-nums">
          <PagerButton label={t('back')} disabled={page === 0} onPress={() => setWanted(page - 1)}>
            <Back size={16} />
          </PagerButton>
          <span>{t('page', { page: page + 1, pages })}</span>
          <PagerButton label={t('on')} disabled={page === pages - 1} onPress={() => setWanted(page + 1)}>
            <On size={16} />
          </PagerButton>
        </div>
      )}
    </section>
  );
}

function PagerButton(props: { label: string; disabled: boolean; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={props.label}
      disabled={props.disabled}
      onClick={props.onPress}
      className="grid size-7 place-items-center rounded-control hover:bg-white/10 disabled:opacity-35"
    >
      {props.children}
    </button>
  );
}
