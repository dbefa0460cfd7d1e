import { expect, test } from '@playwright/test';
import { openBrowser, prepareClass } from './support/class';

test('every page runs under its policy without an error, each under a nonce of its own', async ({
  browser,
  baseURL,
}) => {
  const { teacher, lessonId, courseId, slug } = await prepareClass(baseURL ?? '', 'Policy');
  const { url } = await teacher.trpc.links.lesson.query({ lessonId });
  const somebody = await openBrowser(browser, teacher);
  const nobody = await openBrowser(browser, null);
  const blocked: string[] = [];
  const nonces = new Set<string>();
  let pages = 0;
  const visits = [
    ...['/', '/sign-in', '/sign-up', '/nowhere', url].map((address) => ({ ...nobody, address })),
    ...['/', '/dashboard', `/courses/${courseId}`, `/room/${slug}`].map((address) => ({
      ...somebody,
      address,
    })),
  ];
  for (const { page } of [somebody, nobody]) {
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) blocked.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => blocked.push(`${page.url()}: ${error.message}`));
  }
  await somebody.page.goto(`/room/${slug}`);
  await somebody.page.getByRole('button', { name: 'Start class' }).waitFor();
  await teacher.trpc.lessons.start.mutate({ lessonId });
  for (const { page, address } of visits) {
    const hears = /^\/(dashboard|courses)/.test(address) ? page.waitForRequest(/\/api\/calls\/stream/) : null;
    const answer = await page.goto(address);
    // The room never falls silent: it is there when one is in it. Nor does a page on which one may be called: it is there when it hears of calls.
    if (address.startsWith('/room/')) {
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      await expect(page.getByRole('button', { name: 'Turn camera off' })).toBeVisible();
    } else if (hears) {
      await hears;
    } else {
      await page.waitForLoadState('networkidle');
    }
    const policy = (await answer?.headerValue('content-security-policy')) ?? '';
    expect(policy).toMatch(/script-src 'nonce-[\w+/=]+' 'strict-dynamic';/);
    expect(policy).toContain("frame-ancestors 'none'");
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '');
    pages += 1;
    expect(await answer?.allHeaders()).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
  }
  expect(blocked).toEqual([]);
  expect(nonces.size).toBe(pages);
  await somebody.context.close();
  await nobody.context.close();
});

test('a handler that somebody smuggled into a page does not run', async ({ page }) => {
  await page.goto('/sign-in');
  const seen = await page.evaluate(async () => {
    const violation = new Promise<string>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
        once: true,
      });
    });
    document.body.insertAdjacentHTML('beforeend', '<img src="/nowhere.png" onerror="window.name = \'ran\'">');
    return { blocked: await violation, name: window.name };
  });
  expect(seen).toEqual({ blocked: 'script-src-attr', name: '' });
});

test('the API takes what changes something from its own pages alone, and nothing oversized or poisoned', async ({
  baseURL,
  playwright,
}) => {
  const own = await playwright.request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL ?? '' } });
  const foreign = await playwright.request.newContext({
    baseURL,
    extraHTTPHeaders: { origin: 'https://evil.test' },
  });
  const call = { headers: { 'content-type': 'application/json' } };
  const json = '{"email":"a@b.test","name":"A","password":"long enough it is"}';

  const evil = await foreign.post('/api/trpc/identity.signUp', { ...call, data: json });
  expect([evil.status(), (await evil.json()).error.data.appCode]).toEqual([403, 'BAD_ORIGIN']);
  const bare = await playwright.request.newContext({ baseURL });
  expect((await bare.post('/api/trpc/identity.signUp', { ...call, data: json })).status()).toBe(403);

  const large = await own.post('/api/trpc/identity.signUp', { ...call, data: `"${'x'.repeat(1_000_000)}"` });
  expect([large.status(), (await large.json()).error.data.appCode]).toEqual([413, 'TOO_LARGE']);

  const poisoned = await own.post('/api/trpc/identity.signUp', {
    ...call,
    data: json.replace('{', '{"__proto__":{},'),
  });
  expect([poisoned.status(), (await poisoned.json()).error.data.appCode]).toEqual([400, 'BAD_INPUT']);
  expect(poisoned.headers()['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  for (const context of [own, foreign, bare]) await context.dispose();
});
