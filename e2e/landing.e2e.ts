import { expect, test } from '@playwright/test';

test('the landing page says what Lectern is', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
