// What the tests of every site do with a page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/// Clicks what leads to another page, and waits for all of it: the click alone ends when its first bytes arrive.
export async function follow(locator) {
  await locator.click();
  await locator.page().waitForLoadState('load');
}

/// Presses the first button of that name.
export const press = (page, name) => follow(page.getByRole('button', { name, exact: true }).first());

/// Fails, and names the page, if axe-core finds anything moderate, serious or critical on it. The page needs JavaScript,
/// and a context that sets the page's own policy aside.
export async function findsNothingGrave(name, page) {
  await page.evaluate(axe);
  const found = await page.evaluate((rules) => globalThis.axe.run({ runOnly: rules }), rules);
  const grave = found.violations.filter((violation) => ['serious', 'critical', 'moderate'].includes(violation.impact));
  assert.deepEqual(grave.map((violation) => [name, violation.id, violation.nodes.map((node) => node.html.slice(0, 160))]), []);
}
