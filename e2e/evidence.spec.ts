import { expect, test } from '@playwright/test'

test('the planted misaligned pairs come first in “most suspicious first”, with the reasons', async ({ page }) => {
  await page.goto('/datasets/sample?sort=suspicious')
  const cells = page.getByLabel(/^Open /)
  await expect(cells.first()).toBeVisible()
  const first = [await cells.nth(0).getAttribute('aria-label'), await cells.nth(1).getAttribute('aria-label'), await cells.nth(2).getAttribute('aria-label'), await cells.nth(3).getAttribute('aria-label'), await cells.nth(4).getAttribute('aria-label')].join(' ')
  expect(first).toContain('dust-bowl-home')
  expect(first).toContain('pastoral-road')
  await page.goto('/datasets/sample/samples/dust-bowl-home.jpg')
  await expect(page.getByText(/the caption says frisbee: none found/).first()).toBeVisible()
})
