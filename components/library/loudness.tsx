/** How loud a sound is from its beginning to its end, as bars around a middle line. */
export function Loudness({ peaks }: { peaks: readonly number[] }) {
  const bars = peaks.map((peak, place) => {
    const half = Math.max(0.03, peak * 0.46);
    return `M${place + 0.5} ${0.5 - half}V${0.5 + half}`;
  });
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${Math.max(1, peaks.length)} 1`}
      preserveAspectRatio="none"
      className="size-full p-1.5 text-accent"
    >
      <path d={bars.join('')} stroke="currentColor" strokeWidth={0.62} fill="none" />
    </svg>
  );
}
