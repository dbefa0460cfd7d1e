import type { Browser } from '@playwright/test';

const PHASES = [
  ['New moon', 0],
  ['First quarter', 0.5],
  ['Full moon', 1],
  ['Last quarter', -0.5],
] as const;

/** Four slides about the Moon, as a PDF: what the class on the pictures looks at. */
export async function moonSlides(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage();
  await page.setContent(`<style>${style}</style>${titleSlide}${phasesSlide()}${titleSlide}${titleSlide}`);
  const pdf = await page.pdf({ width: '1280px', height: '720px', printBackground: true });
  await page.close();
  return pdf;
}

const style = `
  * { margin: 0; box-sizing: border-box }
  section { width: 1280px; height: 719px; padding: 72px 80px; break-after: page; font-family: Georgia, 'DejaVu Serif', serif;
    color: #1c2333; background: #fdfcf8 }
  h1 { font-size: 54px; font-weight: 600; letter-spacing: -0.01em }
  p { font-size: 27px; line-height: 1.45; color: #4b5266; margin-top: 18px; max-width: 900px }
  .row { display: grid; grid-template-columns: repeat(4, 1fr); gap: 40px; margin-top: 66px; text-align: center }
  .row b { display: block; font-size: 25px; font-weight: 600; margin-top: 22px }
  .row i { font-size: 20px; color: #6b7285 }`;

const titleSlide = `<section><h1>The Moon and its faces</h1><p>Why the same stone looks different every evening.</p></section>`;

function phasesSlide(): string {
  const days = ['day 0', 'day 7', 'day 15', 'day 22'];
  const cells = PHASES.map(
    ([name, lit], index) => `<div>${moon(lit)}<b>${name}</b><i>${days[index] ?? ''}</i></div>`,
  );
  return `<section><h1>One half is always lit</h1>
    <p>The Sun lights half of the Moon at any time. What we call its phase is how much of that half faces us.</p>
    <div class="row">${cells.join('')}</div></section>`;
}

/** @param lit  1: full; 0: new; ±0.5: the right or the left half */
function moon(lit: number): string {
  const half = lit > 0 ? 'M80 8a72 72 0 0 1 0 144Z' : 'M80 8a72 72 0 0 0 0 144Z';
  const light = lit === 1 ? '<circle cx="80" cy="80" r="72" fill="#f1e3b4"/>' : '';
  const quarter = Math.abs(lit) === 0.5 ? `<path d="${half}" fill="#f1e3b4"/>` : '';
  return `<svg width="160" height="160" viewBox="0 0 160 160"><circle cx="80" cy="80" r="72" fill="#333b50"/>${light}${quarter}</svg>`;
}
