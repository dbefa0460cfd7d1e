import Link from 'next/link';

type Props = {
  href: '/' | '/dashboard' /** On a phone the sign alone: something else needs the room. */;
  compact?: boolean;
};

/** The product's name and sign: an open page on a stand. */
export function Wordmark({ href, compact = false }: Props) {
  return (
    <Link
      href={href}
      className="-mx-1 inline-flex items-center gap-2 rounded-control px-1 py-1 font-semibold text-base tracking-tight"
    >
      <svg width="22" height="22" viewBox="0 0 22 22" fill="none" aria-hidden className="text-accent">
        <path d="M2.5 5.2 11 8.1l8.5-2.9v7.3L11 15.4l-8.5-2.9V5.2Z" fill="currentColor" fillOpacity=".16" />
        <path
          d="M11 8.1 2.5 5.2v7.3l8.5 2.9m0-7.3 8.5-2.9v7.3L11 15.4m0-7.3v7.3m0 0V20m-3.5 0h7"
          stroke="currentColor"
          strokeWidth="1.7"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span className={compact ? 'max-sm:sr-only' : undefined}>Lectern</span>
    </Link>
  );
}
