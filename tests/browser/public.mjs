// The public site as its visitors meet it: Debian's Chromium, JavaScript switched off. The house behind it is
// public_house.cpp; every test opens its own. JavaScript is on only where axe-core looks at a page.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { findsNothingGrave, follow, press } from './page.mjs';

const program = process.env.TIDELINE_PUBLIC_HOUSE;
let browser;

before(async () => {
  assert.ok(program, 'TIDELINE_PUBLIC_HOUSE names the program public_house');
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
after(async () => await browser?.close());

/// A running house: its address, and a way to say something to it.
async function openHouse() {
  const child = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const say = async (line) => {
    child.stdin.write(line + '\n');
    return (await lines.next()).value;
  };
  const first = (await lines.next()).value;
  const address = `http://127.0.0.1:${first.split(' ')[1]}`;
  return {
    address,
    reply: async (words) => assert.equal(await say(`reply ${words}`), 'ok'),
    advance: async (seconds) => assert.equal(await say(`advance ${seconds}`), 'ok'),
    reports: async () => JSON.parse(await say('read')).reports,
    close: () => new Promise((done) => { child.once('exit', done); child.stdin.end('quit\n'); }),
  };
}

/// Runs `visit(page, house)` in a browser of its own.
async function visiting(options, visit) {
  const house = await openHouse();
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-NZ', viewport: { width: 800, height: 900 }, ...options });
  try {
    await visit(await context.newPage(), house);
  } finally {
    await context.close();
    await house.close();
  }
}

const next = (page) => press(page, 'Next');
const heading = (page) => page.locator('h1').innerText();

/// From the start page to the page before sending; `fill[n](page)` answers question n.
async function toCheck(page, house, fill = {}) {
  await page.goto(house.address);
  await follow(page.getByRole('link', { name: 'Start a report' }));
  for (let number = 1; number <= 6; ++number) {
    await (fill[number] ?? (number === 2 ? (p) => p.getByLabel('What is happening?').fill('They took my passport.') : () => {}))(page);
    await next(page);
  }
  assert.equal(await heading(page), 'Check your answers, then send');
}

async function send(page) {
  await follow(page.locator('.buttons').getByRole('button', { name: 'Send', exact: true }));
}
async function receiptOn(page) {
  assert.equal(await heading(page), 'Your report has been sent');
  return (await page.locator('.receipt li').allInnerTexts()).join('');
}
async function openConversation(page, house, receipt) {
  await page.goto(`${house.address}/en/check`);
  await page.getByLabel('Your number').fill(receipt);
  await press(page, 'Open');
}

test('a report is written, sent, answered and answered back', async () => {
  await visiting({}, async (page, house) => {
    await toCheck(page, house, {
      1: (p) => p.getByLabel('Someone I know').check(),
      2: (p) => p.getByLabel('What is happening?').fill('They took her passport.\nShe cannot leave.'),
      3: (p) => p.getByLabel('Where does it happen?').fill('A farm near Hastings'),
      4: (p) => p.getByLabel('Phone numbers').fill('021 555 0100\n021 555 0101'),
      5: (p) => p.locator('#child-unsure').check(),
      6: (p) => p.getByLabel('No, only here').check(),
    });
    for (const words of ['Someone I know', 'She cannot leave.', 'A farm near Hastings', '021 555 0101']) {
      assert.ok((await page.locator('main').innerText()).includes(words), words);
    }
    await page.locator('#files').setInputFiles([{ name: 'map ü.txt', mimeType: 'text/plain', buffer: Buffer.from('the second gate') }]);
    await send(page);
    const receipt = await receiptOn(page);
    assert.match(receipt, /^[0-9]{25}$/);

    const [report] = await house.reports();
    assert.equal(report.answers.what, 'They took her passport.\nShe cannot leave.');
    assert.equal(report.answers.phones, '021 555 0100\n021 555 0101');
    assert.equal(report.answers.child, 'unsure');
    assert.deepEqual(report.files.map((file) => [file.name, file.bytes]), [['map ü.txt', 15]]);

    await house.reply('Is she safe tonight?');
    await house.advance(3 * 86400);
    await openConversation(page, house, receipt.replace(/(.{5})/g, '$1 '));
    assert.ok((await page.locator('.messages').innerText()).includes('Is she safe tonight?'));
    await page.getByLabel('Write to the team').fill('Yes, she is with me.');
    await page.locator('#files').setInputFiles([{ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') }]);
    await send(page);
    assert.ok((await page.locator('main').innerText()).includes('Your message has been sent.'));
    const [answered] = await house.reports();
    assert.deepEqual(answered.messages, ['Is she safe tonight?', 'Yes, she is with me.']);
    assert.equal(answered.files.length, 2);
  });
});

test('going back and forth loses nothing that was typed', async () => {
  await visiting({}, async (page, house) => {
    await toCheck(page, house, { 3: (p) => p.getByLabel('Where does it happen?').fill('A ship') });
    for (let number = 6; number >= 2; --number) await press(page, 'Back');
    assert.equal(await page.getByLabel('What is happening?').inputValue(), 'They took my passport.');
    await next(page);
    assert.equal(await page.getByLabel('Where does it happen?').inputValue(), 'A ship');
    await press(page, 'العربية');
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
    assert.equal(await page.locator('#place').inputValue(), 'A ship');
  });
});

test('a mistake is shown at the top and at the field, and can be mended', async () => {
  await visiting({}, async (page, house) => {
    await page.goto(`${house.address}/en/form`);
    await next(page);
    await next(page);
    const summary = page.getByRole('alert');
    assert.ok((await summary.innerText()).includes('Write what is happening.'));
    await summary.getByRole('link').click();
    assert.ok(page.url().endsWith('#what'));
    assert.ok((await page.locator('#what-error').innerText()).includes('Write what is happening.'));
    await page.getByLabel('What is happening?').fill('x'.repeat(20_001));
    await next(page);
    assert.ok((await page.locator('#what-error').innerText()).includes('20001'));
    assert.equal((await page.getByLabel('What is happening?').inputValue()).length, 20_001);
  });
});

test('a file that is too large is refused with the limit, and the words stay', async () => {
  await visiting({}, async (page, house) => {
    await toCheck(page, house);
    await page.locator('#files').setInputFiles([{ name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(3_000_000, 1) }]);
    await send(page);
    assert.ok((await page.getByRole('alert').innerText()).includes('This file is too large. The limit is 1 MB.'));
    assert.ok((await page.locator('main').innerText()).includes('They took my passport.'));
    assert.deepEqual(await house.reports(), []);
    await send(page);
    assert.match(await receiptOn(page), /^[0-9]{25}$/);
  });
});

test('a wrong receipt is told at once what is wrong with it', async () => {
  await visiting({}, async (page, house) => {
    await toCheck(page, house);
    await send(page);
    const receipt = await receiptOn(page);
    const wrong = receipt.slice(0, 9) + ((Number(receipt[9]) + 1) % 10) + receipt.slice(10);
    for (const [typed, words] of [[wrong, 'A digit is wrong.'], [receipt.slice(1), 'You typed 24.'], ['', 'Type your number.'], ['passport', 'only digits']]) {
      await openConversation(page, house, typed);
      assert.ok((await page.getByRole('alert').innerText()).includes(words), typed);
      assert.equal(await page.getByLabel('Your number').inputValue(), typed);
    }
    const arabicIndic = [...receipt].map((digit) => String.fromCodePoint(0x0660 + Number(digit))).join('');
    await openConversation(page, house, arabicIndic);
    assert.equal(await heading(page), 'Your report');
  });
});

test('a form that was open for days keeps the words of its page', async () => {
  await visiting({}, async (page, house) => {
    await page.goto(`${house.address}/en/form`);
    await page.getByLabel('Me', { exact: true }).check();
    await next(page);
    await page.getByLabel('What is happening?').fill('Half a story');
    await house.advance(5 * 86400);
    await next(page);
    assert.ok((await page.getByRole('status').innerText()).includes('This page was open for a long time.'));
    assert.equal(await page.getByLabel('What is happening?').inputValue(), 'Half a story');
    await next(page);
    assert.equal(await heading(page), 'Where and when?');
  });
});

test('a reporter can have an unread report deleted', async () => {
  await visiting({}, async (page, house) => {
    await toCheck(page, house);
    await send(page);
    const receipt = await receiptOn(page);
    await openConversation(page, house, receipt);
    await press(page, 'Ask us to delete the report');
    assert.equal(await heading(page), 'Do you want us to delete your report?');
    await press(page, 'Yes, ask to delete it');
    await openConversation(page, house, receipt);
    assert.ok((await page.getByRole('alert').innerText()).includes('There is no report with this number.'));
  });
});

test('in Arabic the site reads from right to left and a report can be sent', async () => {
  await visiting({ locale: 'ar', viewport: { width: 320, height: 640 } }, async (page, house) => {
    await page.goto(house.address);
    assert.ok(page.url().endsWith('/ar'));
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
    const [first, second] = await page.locator('header nav a').evaluateAll((links) => links.map((link) => link.getBoundingClientRect().left));
    assert.ok(first > second, 'the first link stands at the right');
    await page.goto(`${house.address}/ar/form`);
    await follow(page.locator('button[value=next]'));
    await page.locator('#what').fill('أخذوا جواز سفري');
    for (let number = 2; number <= 6; ++number) await follow(page.locator('button[value=next]'));
    await follow(page.locator('.buttons button[value=send]'));
    assert.match((await page.locator('.receipt li').allInnerTexts()).join(''), /^[0-9]{25}$/);
    const [report] = await house.reports();
    assert.equal(report.answers.what, 'أخذوا جواز سفري');
    assert.equal(report.language, 'ar');
  });
});

test('everything can be done with the keyboard alone, and the way out comes first', async () => {
  await visiting({}, async (page, house) => {
    await page.goto(`${house.address}/en`);
    const focused = () => page.locator(':focus').first();
    const tabTo = async (selector) => {
      for (let presses = 0; presses < 60; ++presses) {
        await page.keyboard.press('Tab');
        if (await page.locator(`${selector}:focus`).count()) return;
      }
      assert.fail(`the keyboard does not reach ${selector}`);
    };
    await page.keyboard.press('Tab');
    assert.equal(await focused().getAttribute('href'), '/exit');
    await tabTo('a[href="/en/form"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/en/form');
    await tabTo('#who');
    await page.keyboard.press('Space');
    await tabTo('button[value=next]');
    await page.keyboard.press('Enter');
    await page.locator('#what').waitFor();
    await tabTo('#what');
    await page.keyboard.type('They took my passport.');
    for (let number = 2; number <= 6; ++number) {
      await tabTo('button[value=next]');
      await page.keyboard.press('Enter');
      await page.locator(`input[name=page][value="${number + 1}"]`).waitFor({ state: 'attached' });
    }
    await tabTo('.buttons button[value=send]');
    await page.keyboard.press('Enter');
    await page.locator('.receipt').waitFor();
    const [report] = await house.reports();
    assert.equal(report.answers.who, 'me');
    assert.equal(report.answers.what, 'They took my passport.');
  });
});

test('at 320 pixels nothing is cut off, and the way out stays in view', async () => {
  await visiting({ viewport: { width: 320, height: 640 } }, async (page, house) => {
    const look = async (name) => {
      const width = await page.locator('html').evaluate((html) => html.scrollWidth);
      assert.ok(width <= 320, `${name} is ${width} pixels wide`);
      await page.locator('footer p').last().scrollIntoViewIfNeeded();
      const exit = await page.locator('.exit a').boundingBox();
      assert.ok(exit.y >= 0 && exit.y < 120, `${name}: the way out is at ${exit.y}`);
      const scrolled = await page.locator('html').evaluate((html) => html.scrollTop);
      assert.ok(scrolled > 0, `${name} was not long enough to be scrolled`);
    };
    for (const path of ['/en', '/en/p/1', '/en/p/4', '/en/p/5', '/en/check', '/en/nothing/here']) {
      await page.goto(house.address + path);
      await look(path);
    }
    await toCheck(page, house, { 2: (p) => p.getByLabel('What is happening?').fill('long'.repeat(400)) });
    await look('check');
    await send(page);
    await look('receipt');
    const receipt = await receiptOn(page);
    await house.reply('https://example.test/' + 'long'.repeat(60));
    await openConversation(page, house, receipt);
    await look('conversation');
  });
});

test('titles and addresses give nothing away, and nothing is kept on the device', async () => {
  await visiting({}, async (page, house) => {
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    await toCheck(page, house);
    await send(page);
    const receipt = await receiptOn(page);
    await openConversation(page, house, receipt);
    assert.equal(await page.title(), 'Information');
    for (const url of requests) {
      assert.ok(url.startsWith(house.address) || url.startsWith('data:'), url);
      assert.match(new URL(url).pathname, /^\/$|^\/en(\/(form|send|check))?$|^\/assets\/[a-z.0-9-]+\.css$|^$|^,$/, url);
      assert.ok(!url.includes('passport') && !url.includes(receipt), url);
    }
    assert.deepEqual(await page.context().cookies(), []);
    const answer = await page.request.get(`${house.address}/exit`, { maxRedirects: 0 });
    assert.equal(answer.status(), 303);
    assert.ok(answer.headers()['clear-site-data'].includes('storage'));
    const start = await page.request.get(`${house.address}/en`);
    assert.ok(start.headers()['cache-control'].includes('no-store'));
    assert.match(start.headers()['content-security-policy'], /default-src 'none'/);
  });
});

test('no page is larger than 30 KB with its style sheet', async () => {
  await visiting({}, async (page, house) => {
    const sheet = (await (await page.request.get(house.address + /href="(\/assets\/[^"]+\.css)"/.exec(await (await page.request.get(`${house.address}/en`)).text())[1])).body()).length;
    assert.ok(sheet < 12_000, `the style sheet has ${sheet} bytes`);
    for (const path of ['/', '/en', '/en/form', '/en/check', '/th/p/2', '/hi/p/4', '/ar/p/5', '/en/p/6']) {
      const size = (await (await page.request.get(house.address + path)).body()).length;
      assert.ok(size + sheet < 30_000, `${path} has ${size + sheet} bytes`);
    }
  });
});

test('axe-core finds nothing serious on any page, light or dark, in English and in Arabic', async () => {
  const house = await openHouse();
  try {
    for (const [colorScheme, language] of [['light', 'en'], ['dark', 'en'], ['light', 'ar']]) {
      // The page's own policy forbids scripts; only for this look it is set aside.
      const context = await browser.newContext({ colorScheme, bypassCSP: true, locale: 'en-NZ', viewport: { width: 360, height: 800 } });
      const page = await context.newPage();
      const look = (name) => findsNothingGrave(name, page);
      const go = (value) => follow(page.locator(`.buttons button[value="${value}"]`).first());
      for (const path of ['', '/p/1', '/p/2', '/p/4', '/p/5', '/p/7', '/check', '/nothing/here']) {
        await page.goto(`${house.address}/${language}${path}`);
        await look(path);
      }
      await page.goto(`${house.address}/${language}/form`);
      for (let number = 1; number <= 6; ++number) {
        await look(`question ${number}`);
        if (number === 2) {
          await go('next');
          await look('question 2 with a mistake');
          await page.locator('#what').fill('They took my passport.');
        }
        await go('next');
      }
      await look('check your answers');
      await go('send');
      await look('receipt');
      const receipt = (await page.locator('.receipt li').allInnerTexts()).join('');
      await house.reply('Are you safe?');
      await page.goto(`${house.address}/${language}/check`);
      await page.locator('#receipt').fill('12345');
      await go('open');
      await look('wrong receipt');
      await page.locator('#receipt').fill(receipt);
      await go('open');
      await look('conversation');
      await go('send');
      await look('conversation with a mistake');
      await go('delete');
      await look('delete');
      await context.close();
    }
  } finally {
    await house.close();
  }
});
