import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Text,
} from '@react-email/components';
import type { ReactNode } from 'react';
import type { Say } from '../write';

const INK = '#1d2430';
const QUIET = '#5b6372';
const ACCENT = '#2f5fc4';
const FONT = "Inter, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";

type Props = {
  frame: { locale: string; say: Say; offUrl: string | null };
  /** What mail programs show beside the subject. */
  preview: string;
  title: string;
  /** Why it came, and what switches its kind off, where that is more exact than what is said in general. */
  why?: string;
  off?: string;
  children: ReactNode;
};

/** What every mail looks like: one column, the product's name, a title, what there is to say, and why it came. */
export function MailFrame({ frame, preview, title, why, off, children }: Props) {
  const { locale, say, offUrl } = frame;
  return (
    <Html lang={locale}>
      <Head>
        <meta name="color-scheme" content="light dark" />
      </Head>
      <Preview>{preview}</Preview>
      <Body style={{ margin: 0, backgroundColor: '#fbfaf7', fontFamily: FONT, color: INK }}>
        <Container style={{ maxWidth: 560, padding: '32px 24px' }}>
          <Text style={{ margin: '0 0 24px', fontWeight: 600, fontSize: 14, color: ACCENT }}>Lectern</Text>
          <Heading as="h1" style={{ margin: '0 0 16px', fontSize: 22, lineHeight: 1.25, fontWeight: 600 }}>
            {title}
          </Heading>
          {children}
          <Hr style={{ margin: '32px 0 16px', borderColor: '#e2dfd6' }} />
          <Text style={{ margin: 0, fontSize: 12, lineHeight: 1.5, color: QUIET }}>
            {why ?? say(offUrl ? 'whyOff' : 'why')}{' '}
            {offUrl && (
              <Link href={offUrl} style={{ color: QUIET, textDecoration: 'underline' }}>
                {off ?? say('off')}
              </Link>
            )}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

/** A paragraph. What people wrote stands in it as text. */
export function Line({ children, quiet = false }: { children: ReactNode; quiet?: boolean }) {
  const size = quiet ? 13 : 15;
  return (
    <Text style={{ margin: '0 0 12px', fontSize: size, lineHeight: 1.5, color: quiet ? QUIET : INK }}>
      {children}
    </Text>
  );
}

/** The one thing to press. */
export function Press({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Button
      href={href}
      style={{
        margin: '8px 0 16px',
        padding: '12px 20px',
        borderRadius: 6,
        backgroundColor: ACCENT,
        color: '#ffffff',
        fontSize: 15,
        fontWeight: 600,
      }}
    >
      {children}
    </Button>
  );
}
