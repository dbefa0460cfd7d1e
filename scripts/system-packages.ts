import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromiumPath } from './chromium';

type SystemPackage = { name: string; isThere: () => boolean };

const LIBREOFFICE = '/usr/lib/libreoffice/program';

/** What the tests need of the system, by Debian's names. */
const needed: SystemPackage[] = [
  { name: 'chromium', isThere: () => chromiumPath() !== undefined },
  { name: 'fonts-liberation', isThere: () => existsSync('/usr/share/fonts/truetype/liberation') },
  { name: 'libreoffice-writer-nogui', isThere: () => existsSync(`${LIBREOFFICE}/libswlo.so`) },
  { name: 'libreoffice-calc-nogui', isThere: () => existsSync(`${LIBREOFFICE}/libsclo.so`) },
  { name: 'libreoffice-impress-nogui', isThere: () => existsSync(`${LIBREOFFICE}/libsdlo.so`) },
  { name: 'ffmpeg', isThere: () => existsSync('/usr/bin/ffmpeg') },
  // What shuts conversions in; it may not be allowed to all the same.
  { name: 'bubblewrap', isThere: () => existsSync('/usr/bin/bwrap') },
  // What tests read PDFs with.
  { name: 'poppler-utils', isThere: () => existsSync('/usr/bin/pdftotext') },
  { name: 'qpdf', isThere: () => existsSync('/usr/bin/qpdf') },
];

/** Installs what is missing where that is allowed: on Debian and its kin, as root. Elsewhere it says what to install. */
export function installSystemPackages(): void {
  const missing = needed.filter((one) => !one.isThere()).map((one) => one.name);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.log(`The tests want ${missing.join(' and ')} of the system, and may not install them here.`);
    return;
  }
  console.log(`Installing ${missing.join(', ')} …`);
  const apt = (...args: string[]) =>
    execFileSync('apt-get', args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...missing);
  } catch (error) {
    console.error(`They could not be installed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
