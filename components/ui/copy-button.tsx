'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, type ButtonSize, type ButtonVariant } from './button';
import { IconButton } from './icon-button';
import { toast } from './toast';

type Props = {
  text: string;
  /** The accessible name: what is copied. */
  label: string;
  iconOnly?: boolean;
  variant?: ButtonVariant;
  size?: ButtonSize;
};

/** Copies a text and says so. Without a clipboard (an insecure address, a refusal) the text is shown, to be copied by hand. */
export function CopyButton({ text, label, iconOnly = false, variant, size }: Props) {
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

  const icon = copied ? (
    <Check size={16} aria-hidden className="text-ok-ink" />
  ) : (
    <Copy size={16} aria-hidden />
  );
  const handlers = {
    onClick: () => void copy(),
    onBlur: () => setCopied(false),
    onPointerLeave: () => setCopied(false),
  };
  return (
    <>
      {iconOnly ? (
        <IconButton label={label} {...handlers}>
          {icon}
        </IconButton>
      ) : (
        <Button variant={variant} size={size} icon={icon} {...handlers}>
          {label}
        </Button>
      )}
      <span role="status" className="sr-only">
        {copied ? t('copied') : ''}
      </span>
    </>
  );
}
