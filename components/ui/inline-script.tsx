/**
 * A function that the browser runs while it reads the page, before any of the page's code. It is sent as text, so it uses
 * nothing from outside. `nonce`: what the page's policy asks of its scripts.
 */
export function InlineScript({ run, nonce }: { run: () => void; nonce: string | undefined }) {
  return (
    <script
      nonce={nonce}
      // A browser hides a nonce from scripts, so React finds none when it compares.
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: `(${run.toString()})()` }}
    />
  );
}
