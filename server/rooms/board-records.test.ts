import { createTLSchema, toRichText } from '@tldraw/tlschema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode } from 'vlq';
import { arrowProps, arrowTo, holdProps } from '@/room/arrow-fixture';
import type { BoardRecord } from '@/room/boards';
import { shapeRecord } from '@/room/shape-fixture';
import { packRecord } from '@/room/packed-strokes';
import { createRecordValidator } from './board-records';

const check = createRecordValidator();

function shape(
  type: string,
  props: Record<string, unknown>,
  more: Record<string, unknown> = {},
): BoardRecord {
  return { ...shapeRecord({ id: `shape:${type}`, type }, { x: 10, y: 20 }, props), ...more };
}
const ink = {
  color: 'black',
  size: 'm',
  isComplete: true,
  isPen: false,
  scale: 1,
};
const segments = [
  {
    type: 'free',
    points: [
      { x: 0, y: 0, z: 0.5 },
      { x: 4, y: 2.5, z: 0.5 },
    ],
  },
];
const pen = (more: Record<string, unknown> = {}) =>
  shape('draw', {
    ...ink,
    fill: 'none',
    dash: 'draw',
    isClosed: false,
    segments,
    ...more,
  });
const label = {
  labelColor: 'black',
  font: 'draw',
  align: 'middle',
  verticalAlign: 'middle',
};
const rectangle = (more: Record<string, unknown> = {}) =>
  shape('geo', {
    geo: 'rectangle',
    dash: 'draw',
    url: '',
    w: 100,
    h: 50,
    growY: 0,
    scale: 1,
    color: 'red',
    fill: 'none',
    size: 'm',
    ...label,
    richText: toRichText('A label'),
    ...more,
  });
const arrow = () => shape('arrow', arrowProps);
const text = (richText: unknown) =>
  shape('text', {
    color: 'black',
    size: 'm',
    font: 'draw',
    textAlign: 'start',
    w: 20,
    scale: 1,
    autoSize: true,
    richText,
  });
const binding = (more: Record<string, unknown> = {}): BoardRecord => ({
  id: 'binding:b',
  typeName: 'binding',
  type: 'arrow',
  fromId: 'shape:arrow',
  toId: 'shape:geo',
  meta: {},
  props: holdProps,
  ...more,
});
const good: readonly BoardRecord[] = [
  pen(),
  shape('highlight', { ...ink, segments }),
  rectangle(),
  shape('line', {
    color: 'black',
    dash: 'draw',
    size: 'm',
    spline: 'line',
    scale: 1,
    points: {
      a1: { id: 'a1', index: 'a1', x: 0, y: 0 },
      a2: { id: 'a2', index: 'a2', x: 5, y: 5 },
    },
  }),
  arrow(),
  text(toRichText('Two\n\nlines')),
  shape('note', {
    color: 'yellow',
    size: 'm',
    ...label,
    growY: 0,
    fontSizeAdjustment: 0,
    url: '',
    scale: 1,
    richText: toRichText('A note'),
  }),
  binding(),
];

function refused(record: unknown): string {
  const result = check(record);
  if (result.ok) throw new Error('the record was accepted');
  return result.reason;
}

describe('L8: a board record', () => {
  it.each(good.map((record) => [`${String(record.type)} ${record.typeName}`, record]))(
    '%s is accepted',
    (_, record) => {
      expect(check(record)).toEqual({ ok: true, record });
    },
  );

  it('of an arrow, and what holds it, is taken as a fault run draws them', () => {
    const records = arrowTo('Owner_A_1', 'shape:Owner_A_0', { x: 1, y: 2 });
    expect(records.map((record) => check(record))).toEqual(records.map((record) => ({ ok: true, record })));
  });

  it('with unknown fields is refused', () => {
    expect(refused({ ...pen(), extra: 1 })).toMatch(/extra/);
    refused(pen({ extra: 1 }));
    refused(pen({ segments: [{ ...segments[0], extra: 1 }] }));
  });

  it('with numbers that are not finite or far away is refused', () => {
    for (const bad of [Infinity, -Infinity, NaN, 1e6, -1e6]) {
      refused({ ...pen(), x: bad });
      refused(rectangle({ w: bad }));
      refused(pen({ segments: [{ type: 'free', points: [{ x: bad, y: 0 }] }] }));
    }
  });

  it('with meta is refused, 1 MB of it at once', () => {
    expect(refused({ ...pen(), meta: { junk: 'x'.repeat(1_000_000) } })).toBe('too large');
    refused({ ...pen(), meta: { author: 'me' } });
    refused({ ...binding(), meta: { a: 1 } });
  });

  it('of a type that is not on the list is refused', () => {
    refused(shape('embed', { w: 1, h: 1, url: 'https://example.com' }));
    refused(
      shape('bookmark', {
        w: 1,
        h: 1,
        assetId: null,
        url: 'https://example.com',
      }),
    );
    refused(
      shape('image', {
        w: 1,
        h: 1,
        playing: true,
        url: '',
        assetId: null,
        crop: null,
        flipX: false,
        flipY: false,
        altText: '',
      }),
    );
    refused(
      shape('video', {
        w: 1,
        h: 1,
        time: 0,
        playing: true,
        autoplay: true,
        url: '',
        assetId: null,
        altText: '',
      }),
    );
    refused(shape('frame', { w: 1, h: 1, name: '', color: 'black' }));
    refused(shape('group', {}));
    refused(shape('constructor', {}));
  });

  it('that is a camera, an instance, a page or another of the store’s own is refused', () => {
    const schema = createTLSchema();
    for (const [typeName, type] of Object.entries(schema.types)) {
      if (typeName === 'shape' || typeName === 'binding') continue;
      refused({
        ...(type.createDefaultProperties() as object),
        id: `${typeName}:x`,
        typeName,
      });
      refused({ ...pen(), typeName });
    }
    expect(
      refused({
        id: 'camera:page:page',
        typeName: 'camera',
        x: 0,
        y: 0,
        z: 1,
        meta: {},
      }),
    ).toBe('type camera');
  });

  it('with a link is refused, in an address or in a mark', () => {
    refused(rectangle({ url: 'https://example.com' }));
    refused(rectangle({ url: 'javascript:alert(1)' }));
    const marked = (mark: unknown) => ({
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [{ type: 'text', text: 'press', marks: [mark] }],
        },
      ],
    });
    expect(refused(text(marked({ type: 'link', attrs: { href: 'javascript:alert(1)' } })))).toBe(
      'rich text mark',
    );
    refused(text(marked({ type: 'link', attrs: { href: 'https://example.com' } })));
    refused(text(marked({ type: 'bold', attrs: { style: 'position:fixed' } })));
    expect(check(text(marked({ type: 'bold' }))).ok).toBe(true);
  });

  it('with unknown rich text is refused', () => {
    const doc = (...content: unknown[]) => ({ type: 'doc', content });
    refused(text(doc({ type: 'image', attrs: { src: 'https://example.com/a.png' } })));
    refused(text(doc({ type: 'paragraph', content: [{ type: 'paragraph' }] })));
    refused(text(doc({ type: 'paragraph', attrs: { dir: 'auto', onclick: 'x' } })));
    refused(text(doc({ type: 'paragraph', content: [{ type: 'text', text: 5 }] })));
    refused(text(doc('text')));
    refused(text({ type: 'paragraph', content: [] }));
    refused(
      text(
        doc({
          type: 'paragraph',
          content: [{ type: 'text', text: 'x'.repeat(5001) }],
        }),
      ),
    );
    expect(check(text(doc({ type: 'paragraph', attrs: { dir: 'auto' } }))).ok).toBe(true);
  });

  it('that is its own parent, or lies elsewhere than on the page, is refused', () => {
    refused({ ...pen(), parentId: 'shape:draw' });
    refused({ ...pen(), parentId: 'shape:other' });
    refused({ ...pen(), parentId: 'page:other' });
  });

  it('with too many points, none, or too many characters is refused', () => {
    const points = Array.from({ length: 2001 }, (_, i) => ({ x: i, y: 0 }));
    expect(refused(pen({ segments: [{ type: 'free', points }] }))).toBe('too many points');
    refused(pen({ segments: [] }));
    refused(pen({ segments: [{ type: 'free', points: [] }] }));
    expect(check(pen({ segments: [{ type: 'free', points: points.slice(1) }] })).ok).toBe(true);
    const long = Array.from({ length: 20_000 }, () => ({ x: 1, y: 1 }));
    expect(refused(pen({ segments: [{ type: 'free', points: long }] }))).toBe('too large');
  });

  it('B4: may have its points as text, within the same bounds', () => {
    const packed = packRecord(pen());
    expect(packed).not.toEqual(pen());
    expect(check(packed)).toEqual({ ok: true, record: packed });
    const withPoints = (points: string) => pen({ segments: [{ type: 'free', points }] });
    expect(refused(withPoints('?'))).toMatch(/VLQ/);
    expect(refused(withPoints('AAAA'))).toMatch(/whole/);
    expect(refused(withPoints(''))).toBe('no points');
    expect(refused(withPoints('AAA'.repeat(20_000)))).toBe('too large');
    expect(refused(withPoints(`${encode(1e8)}AA`))).toBe('number out of range');
    refused(withPoints('g'.repeat(40)));
  });

  it('with a __proto__ is refused and changes no prototype', () => {
    refused(JSON.parse('{"id":"shape:a","typeName":"shape","__proto__":{"x":1}}'));
    refused({ ...pen(), meta: JSON.parse('{"__proto__":{"polluted":true}}') });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('nested without end is refused, not a stack overflow', () => {
    let deep: unknown = { type: 'paragraph' };
    for (let i = 0; i < 100_000; i++) deep = { type: 'listItem', content: [deep] };
    expect(refused(text({ type: 'doc', content: [deep] }))).toBe('too deep');
  });

  it('of any kind never makes the check throw, and what is accepted stays within the bounds', () => {
    const junk = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(undefined, NaN, Infinity, 1e300, 'javascript:alert(1)', 'page:page', [], {}),
      fc.bigInt(),
    );
    const field = fc.constantFrom(
      'id',
      'typeName',
      'type',
      'x',
      'index',
      'parentId',
      'opacity',
      'props',
      'meta',
      'fromId',
      'new',
    );
    fc.assert(
      fc.property(fc.constantFrom(...good), field, junk, (record, name, value) => {
        const result = check({ ...record, [name]: value });
        const answer = result.ok ? JSON.stringify(result.record) : result.reason;
        expect(answer.length).toBeLessThanOrEqual(result.ok ? 80_000 : 200);
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...good), fc.nat(40), junk, (record, at, value) => {
        const props = { ...(record.props as Record<string, unknown>) };
        const names = Object.keys(props);
        props[names[at % names.length] ?? 'new'] = value;
        const result = check({ ...record, props });
        const kept = result.ok ? JSON.stringify(result.record) : '';
        expect(kept).not.toMatch(/"(url|href|src|assetId)":"[^"]/);
      }),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.anything(), (value) => void check(value)));
  });
});
