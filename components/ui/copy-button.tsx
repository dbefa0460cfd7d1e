'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, type ButtonSize, type ButtonVariant } from './button';
import { toast } from './toast';

type Props = {
  text: string /** The accessible name: what is copied. */;
  label: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
};

/** Copies a text and says so. Without a clipboard (an insecure address, a refusal) the text is shown, to be copied by hand. */
export function CopyButton({ text, label, variant, size }: Props) {
  const t = useTranslations('ui');
  const [copied, setCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Refusing is the browser's right; a person can still take the text by hand.
      await toast(t('copyByHand', { text }));
    }
  }

  return (
    <>
      <Button
        variant={variant}
        size={size}
        icon={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        onClick={() => void copy()}
        onBlur={() => setCopied(false)}
        title={text}
      >
        {label}
      </Button>
      <span role="status" className="sr-only">
        {copied ? t('copied') : ''}
      </span>
    </>
  );
}
