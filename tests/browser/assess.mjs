// The assessment pages in Debian's Chromium, JavaScript switched off: by keyboard alone, by two assessors who disagree, at
// 320 pixels, and looked at by axe-core (for which JavaScript is on). The house behind them is staff_house.cpp.
// TIDELINE_PICTURES names a folder that gets a picture of every page looked at.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { findsNothingGrave, follow, press } from './page.mjs';

const program = process.env.TIDELINE_STAFF_HOUSE;
const pictures = process.env.TIDELINE_PICTURES;
const presses_max = 40;
let browser;

before(async () => {
  assert.ok(program, 'TIDELINE_STAFF_HOUSE names the program staff_house');
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
after(async () => await browser?.close());

/// A house where that share of reports is assessed twice. `person(role, name)` gives a page on which they are signed in.
async function visiting(share, options, visit) {
  const child = spawn(program, [String(share)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const address = `http://127.0.0.1:${(await lines.next()).value.split(' ')[1]}`;
  const say = async (line) => {
    child.stdin.write(line + '\n');
    return (await lines.next()).value;
  };
  const contexts = [];
  const person = async (role, name) => {
    const value = await say(`member ${role} ${name}`);
    contexts.push(await browser.newContext({ javaScriptEnabled: false, locale: 'en-NZ', viewport: { width: 1200, height: 900 }, ...options }));
    await contexts.at(-1).addCookies([{ name: 'session', value, url: address, httpOnly: true, sameSite: 'Strict' }]);
    return contexts.at(-1).newPage();
  };
  try {
    await visit({ address, say, person });
  } finally {
    for (const context of contexts) await context.close();
    await new Promise((done) => { child.once('exit', done); child.stdin.end('quit\n'); });
  }
}

const main = (page) => page.locator('main').innerText();
const sees = async (page, words) => assert.ok((await main(page)).includes(words), `"${words}" is not on the page:\n${await main(page)}`);
const told = 'My boss took my passport and will not give it back. I work sixteen hours every day. The door is locked at night.';

/// A keyboard that counts: every key that is pressed, with the letters of what is typed.
class Keyboard {
  constructor(page) { this.page = page; this.pressed = 0; this.typed = 0; }
  async press(key, times = 1) {
    for (let i = 0; i < times; ++i) await this.page.keyboard.press(key);
    this.pressed += times;
  }
  async type(words) {
    await this.page.keyboard.type(words);
    this.typed += words.length;
  }
  /// Tab until that has the focus.
  async tabTo(selector, most = 25) {
    for (let i = 0; i < most; ++i) {
      await this.press('Tab');
      if (await this.page.locator(selector).first().evaluate((element) => element === document.activeElement)) return;
    }
    assert.fail(`${selector} is more than ${most} tabs away`);
  }
  /// A key that leads to another page: Enter, or Alt with an access key, which counts as two.
  async go(key) {
    const loaded = this.page.waitForEvent('load');
    if (key.startsWith('Alt+')) {
      // The driver's own "Alt+a" carries no letter, and Chromium looks for the letter.
      const session = await this.page.context().newCDPSession(this.page);
      const letter = key.slice(4);
      const event = { modifiers: 1, key: letter, code: `Key${letter.toUpperCase()}`, unmodifiedText: letter, windowsVirtualKeyCode: letter.toUpperCase().charCodeAt(0) };
      await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
      await session.detach();
      this.pressed += 2;
    } else {
      await this.press(key);
    }
    await loaded;
  }
}

test('an officer assesses a report by keyboard alone, sends the next question, and decides', async () => {
  await visiting(0, {}, async ({ address, say, person }) => {
    const page = await person('officer', 'Mere');
    await say(`report ${told}`);
    await page.goto(address);
    const keys = new Keyboard(page);
    // From the work-list to the report, and to its assessment.
    await keys.tabTo('a.skip');
    await keys.press('Enter');
    await keys.tabTo('.rows a');
    await keys.go('Enter');
    await keys.go('Alt+a');
    assert.equal(await page.locator('h1').innerText(), 'Assessment');
    // Each suggestion: one tab to it, one arrow to "confirm".
    const suggestions = await page.locator('fieldset[id^=suggestion-]').count();
    assert.ok(suggestions >= 2, `${suggestions} suggestions`);
    await keys.tabTo('a.skip');
    await keys.press('Enter');
    await keys.tabTo('.jumps a');
    await keys.press('Enter');
    for (let i = 0; i < suggestions; ++i) {
      await keys.tabTo('fieldset[id^=suggestion-] input:focus', 2);
      await keys.press('ArrowRight');
    }
    assert.equal(await page.locator('input[id^=confirm-]:checked').count(), suggestions);
    await keys.go('Alt+s');
    await sees(page, 'Your draft was kept.');
    assert.equal(await page.locator('fieldset[id^=suggestion-]').count(), 0);
    await keys.go('Alt+q');
    await sees(page, 'The question was sent.');
    assert.equal(JSON.parse(await say('messages')).length, 1);
    await keys.go('Alt+g');
    await sees(page, 'Your assessment is signed.');
    const assessed = keys.pressed + keys.typed;
    console.log(`# assessed and signed, from the work-list on, with ${suggestions} suggestions and a question sent: ${assessed} key presses`);
    assert.ok(assessed < presses_max, `${assessed} key presses`);

    await keys.go('Alt+d');
    assert.equal(await page.locator('h1').innerText(), 'Decisions');
    await keys.tabTo('a.skip');
    await keys.press('Enter');
    await keys.tabTo('#kind-open_case');
    await keys.press('Space');
    await keys.press('ArrowDown', 2);
    assert.ok(await page.locator('#kind-hold').isChecked());
    await keys.tabTo('#reason');
    await keys.type('Ask first.');
    await keys.go('Alt+g');
    await sees(page, 'in force');
    console.log(`# and decided: ${keys.pressed} keys and ${keys.typed} letters in all`);
    await page.goto(`${address}/?state=held`);
    await sees(page, 'On hold');
  });
});

test('two assessors work unseen by each other, disagree, and a third person decides', async () => {
  await visiting(1, {}, async ({ address, say, person }) => {
    const mere = await person('officer', 'Mere');
    const ben = await person('officer', 'Ben');
    const sue = await person('supervisor', 'Sue');
    await say(`report ${told}`);
    await mere.goto(address);
    await follow(mere.locator('.rows a'));
    await follow(mere.getByRole('link', { name: 'Assess it' }));
    const assessment = mere.url();
    const answer = async (page, group, sign, words) => {
      const details = page.locator('details.group', { hasText: group }).first();
      if (!(await details.evaluate((element) => element.open))) await details.locator(':scope > summary').click();
      await details.locator('fieldset.sign', { hasText: sign }).first().getByLabel(words, { exact: true }).check();
    };
    await answer(mere, 'Danger now', 'Locked in or held now', 'Yes');
    await press(mere, 'Sign');
    await sees(mere, 'Your assessment is signed.');
    await sees(mere, 'drawn for a second, independent assessment');

    await ben.goto(assessment);
    await sees(ben, 'hidden from you');
    assert.ok(!(await main(ben)).includes('Mere'), 'the first assessor shows');
    for (const sign of ['ilo.dr.nature_of_job', 'ilo.dr.conditions_of_work', 'ilo.ex.hours', 'ilo.ex.low_pay', 'ilo.ex.living', 'ilo.cd.documents', 'ilo.cd.isolation'])
      await ben.locator(`input[name="answer:${sign}"][value=yes]`).evaluate((element) => { element.checked = true; });
    await press(ben, 'Sign');
    await sees(ben, 'Two assessors disagree.');
    await sees(ben, 'Mere');
    await follow(ben.getByRole('link', { name: 'Decisions' }));
    await ben.getByLabel('Open a case').check();
    await ben.getByLabel('Why?').fill('It is clear.');
    await press(ben, 'Decide');
    await sees(ben, 'A third person decides.');

    await sue.goto(assessment);
    await sees(sue, 'Two assessors disagree.');
    await follow(sue.getByRole('link', { name: /^Mere, / }));
    assert.equal(await sue.locator('h1').innerText(), 'Assessment as it was signed');
    await sees(sue, 'Locked in or held now: Yes');
    await sue.goto(assessment.replace('/assess', '/decide'));
    await sue.getByLabel('No action').check();
    await sue.getByLabel('Why?').fill('Both were wrong.');
    await press(sue, 'Decide');
    await sees(sue, 'Somebody else of your team has to confirm it.');
    await ben.goto(assessment.replace('/assess', '/decide'));
    await press(ben, 'I do not agree');
    await sees(ben, 'Please say why you do not agree.');
    await ben.getByLabel('Do you agree? Why?').fill('There are signs.');
    await press(ben, 'I do not agree');
    await sees(ben, 'not agreed');
    await sue.goto(assessment.replace('/assess', '/decide'));
    await sue.getByLabel('Open a case').check();
    await sue.getByLabel('Why?').fill('Ben is right.');
    await press(sue, 'Decide');
    await sees(sue, 'in force');
    await sue.getByLabel('Message for the reporter, held until you send it').fill('Thank you. We work on it.');
    await press(sue, 'Send it to the reporter');
    assert.deepEqual(JSON.parse(await say('messages')), ['Thank you. We work on it.']);
    await sue.goto(`${address}/supervise`);
    await sees(sue, 'Same finding');
  });
});

/// Visits every assessment page in each of its states.
async function everyPage({ address, say, person }, look) {
  const page = await person('officer', 'Mere');
  const sue = await person('supervisor', 'Sue');
  const here = async (name, on = page) => look(name, on);
  await say(`report ${told}`);
  await page.goto(address);
  await here('work-list');
  await follow(page.locator('.rows a'));
  await here('report with its work');
  await follow(page.getByRole('link', { name: 'Assess it' }));
  const assessment = page.url();
  const decisions = assessment.replace('/assess', '/decide');
  await here('assess fresh');
  await press(page, 'Sign');
  await here('assess a mistake');
  await page.goto(decisions);
  await here('decide nothing signed');
  await page.goto(`${assessment}?lists=all`);
  await here('assess all lists');
  await page.locator('input[id^=confirm-]').first().check();
  await page.locator('input[name="answer:danger.locked_in"][value=yes]').check();
  await press(page, 'Sign');
  await here('assess signed');
  await page.goto(decisions);
  await here('decide');
  await press(page, 'Decide');
  await here('decide a mistake');
  await page.getByLabel('No action').check();
  await page.getByLabel('Why?').fill('Not for us, because it is about wages only.');
  await press(page, 'Decide');
  await here('decide waiting');
  await sue.goto(decisions);
  await here('decide reviewing', sue);
  await press(sue, 'Confirm');
  await here('decide message held', sue);
  await sue.goto(assessment);
  await follow(sue.getByRole('link', { name: /^Mere, / }));
  await here('assessment archived', sue);
  await sue.goto(`${address}/offers`);
  await here('offers', sue);
  await sue.goto(`${address}/supervise`);
  await here('supervise', sue);
  await page.goto(`${address}/checklist/border`);
  await here('checklist border');
  await page.getByLabel('From paper: numbers').fill('2 perhaps');
  await press(page, 'Send the report');
  await here('checklist a mistake');
  await page.goto(`${address}/checklist/police?profile=child-sexual`);
  await here('checklist police');
}

async function picture(page, name, suffix) {
  if (pictures) await page.screenshot({ path: `${pictures}/${name.replace(/[^a-z0-9]+/gi, '-')}${suffix}.png`, fullPage: true });
}

test('at 320 pixels nothing is cut off', async () => {
  await visiting(0, { viewport: { width: 320, height: 640 } }, async (house) => {
    await everyPage(house, async (name, page) => {
      await picture(page, name, '-320');
      const width = await page.locator('html').evaluate((html) => html.scrollWidth);
      assert.ok(width <= 320, `${name} is ${width} pixels wide`);
    });
  });
});

test('axe-core finds nothing serious on any page, light or dark', async () => {
  for (const colorScheme of ['light', 'dark']) {
    await visiting(0, { colorScheme, javaScriptEnabled: true, bypassCSP: true }, async (house) => {
      await everyPage(house, async (name, page) => {
        await findsNothingGrave(name, page);
        await picture(page, name, `-${colorScheme}`);
      });
    });
  }
});
