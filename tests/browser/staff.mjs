// The staff site as the people of a team meet it: Debian's Chromium, JavaScript switched off. The house behind it is
// staff_house.cpp; every test opens its own. JavaScript is on only where axe-core looks at a page.
// TIDELINE_PICTURES names a folder that gets a picture of every page looked at.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { findsNothingGrave, follow, press } from './page.mjs';

const program = process.env.TIDELINE_STAFF_HOUSE;
const pictures = process.env.TIDELINE_PICTURES;
const password = 'correct horse battery staple';
let browser;

before(async () => {
  assert.ok(program, 'TIDELINE_STAFF_HOUSE names the program staff_house');
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
after(async () => await browser?.close());

/// A running house: the addresses of its sites, and a way to say something to it.
async function openHouse() {
  const child = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const [, staff, publicSite] = (await lines.next()).value.split(' ');
  const say = async (line) => {
    child.stdin.write(line + '\n');
    return (await lines.next()).value;
  };
  return {
    address: `http://127.0.0.1:${staff}`,
    publicAddress: `http://127.0.0.1:${publicSite}`,
    say,
    close: () => new Promise((done) => { child.once('exit', done); child.stdin.end('quit\n'); }),
  };
}

/// Runs `visit(page, house, another)`; `another()` opens the page of somebody else's browser.
async function visiting(options, visit) {
  const house = await openHouse();
  const contexts = [];
  const another = async () => {
    contexts.push(await browser.newContext({ javaScriptEnabled: false, locale: 'en-NZ', viewport: { width: 1100, height: 900 }, ...options }));
    return contexts.at(-1).newPage();
  };
  try {
    await visit(await another(), house, another);
  } finally {
    for (const context of contexts) await context.close();
    await house.close();
  }
}

/// RFC 6238: six digits, 30 seconds, SHA-1.
function totp(base32, ms) {
  let bits = '';
  for (const letter of base32.replace(/\s/g, '')) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(ms / 30000)));
  const hash = createHmac('sha1', key).update(step).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const heading = (page) => page.locator('h1').innerText();
const main = (page) => page.locator('main').innerText();
const sees = async (page, words) => assert.ok((await main(page)).includes(words), `"${words}" is not on the page:\n${await main(page)}`);

/// Joins by a link; gives the secret of the app and the recovery codes.
async function join(page, house, link, { name, email, look = async () => {} } = {}) {
  await page.goto(link);
  await look('join');
  if (name) await page.getByLabel('Your name').fill(name);
  if (email) await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password once more').fill(password);
  await press(page, 'Next');
  assert.equal(await heading(page), 'Set up your second factor');
  assert.equal(await page.locator('.qr svg').count(), 1);
  await look('join: second factor');
  const secret = await page.locator('code.secret').innerText();
  await page.getByLabel('Code', { exact: true }).fill(totp(secret, Number(await house.say('now'))));
  await press(page, 'Finish');
  assert.equal(await heading(page), 'Your recovery codes');
  await look('join: recovery codes');
  return { secret, email, codes: await page.locator('.recovery code').allInnerTexts() };
}
async function signIn(page, house, person, code) {
  await house.say('advance 60');
  if ((await heading(page)) !== 'Sign in') await page.goto(`${house.address}/sign-in`);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(password);
  await page.getByLabel('Code', { exact: true }).fill(code ?? totp(person.secret, Number(await house.say('now'))));
  await press(page, 'Sign in');
}
/// The first administrator, with a team that receives everything, signed in.
async function firstAdministrator(page, house, look) {
  const person = await join(page, house, `${house.address}/join/${await house.say('token')}`, { name: 'Ada Administrator', email: 'ada@example.test', look });
  await follow(page.getByRole('link', { name: 'I have kept them. Sign in' }));
  await signIn(page, house, person);
  assert.equal(await heading(page), 'Reports');
  return person;
}
/// Makes a link for a colleague, as the administrator.
async function invite(page, house, { name, email, roles, team }) {
  await page.goto(`${house.address}/staff/invite`);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail address').fill(email);
  for (const role of ['administrator', 'officer', 'hotline', 'supervisor']) await page.locator(`#role-${role}`).setChecked(roles.includes(role));
  if (team) await page.getByLabel('Team', { exact: true }).selectOption({ label: team });
  await press(page, 'Make the link');
  return page.locator('.link code').innerText();
}

test('the first administrator joins, and a small team is ready in one go', async () => {
  await visiting({}, async (page, house) => {
    const ada = await firstAdministrator(page, house);
    assert.equal(ada.codes.length, 10);
    await sees(page, 'There are no reports yet.');
    await house.say('report They took my passport');
    await page.goto(house.address);
    await sees(page, 'They took my passport');
    await press(page, 'Sign out');
    assert.equal(await heading(page), 'Sign in');
    await page.goto(`${house.address}/teams`);
    assert.equal(await heading(page), 'Sign in');
    await signIn(page, house, ada, ada.codes[3]);
    assert.equal(await heading(page), 'Teams');
  });
});

test('a wrong sign-in says what to do, keeps the address, and never says which part was wrong', async () => {
  await visiting({}, async (page, house) => {
    const ada = await firstAdministrator(page, house);
    await press(page, 'Sign out');
    await signIn(page, house, ada, '000000');
    const first = await page.getByRole('alert').innerText();
    assert.equal(await page.getByLabel('E-mail address').inputValue(), ada.email);
    assert.equal(await page.getByLabel('Password').inputValue(), '');
    await signIn(page, house, { ...ada, email: 'nobody@example.test' });
    assert.equal(await page.getByRole('alert').innerText(), first);
  });
});

test('a second member is invited, joins, waits, and is let in', async () => {
  await visiting({}, async (page, house, another) => {
    await firstAdministrator(page, house);
    await house.say('report They took my passport');
    const link = await invite(page, house, { name: 'Ben Officer', email: 'ben@example.test', roles: ['officer'], team: 'Immigration New Zealand: Reports' });
    assert.ok(link.startsWith(`${house.address}/join/`), link);
    const bens = await another();
    const ben = await join(bens, house, link, { email: 'ben@example.test' });
    await sees(bens, 'A member of the team has to let you in');
    await follow(bens.getByRole('link', { name: 'I have kept them. Sign in' }));
    await signIn(bens, house, ben);
    await sees(bens, 'You are in no team yet');
    await page.goto(`${house.address}/teams`);
    await sees(page, 'Waiting to be let in: 1');
    await follow(page.getByRole('link', { name: 'Immigration New Zealand: Reports' }));
    await press(page, 'Let in Ben Officer');
    await sees(page, 'They were let in.');
    await bens.goto(house.address);
    await sees(bens, 'They took my passport');

    await press(page, 'Remove Ben Officer');
    assert.equal(await heading(page), 'Remove Ben Officer from Reports?');
    await press(page, 'Yes, remove');
    await sees(page, 'They were removed.');
    await bens.goto(house.address);
    await sees(bens, 'You are in no team yet');
    await page.goto(house.address);
    await sees(page, 'They took my passport');
  });
});

test('a report is opened, answered, noted and closed, and the reporter reads the answer', async () => {
  await visiting({}, async (page, house) => {
    await firstAdministrator(page, house);
    const receipt = await house.say('file They took my passport at the farm');
    await page.goto(house.address);
    await follow(page.getByRole('link', { name: 'They took my passport at the farm' }));
    assert.equal(await heading(page), 'Report');
    await page.getByLabel('Write to the reporter').fill('Are you safe tonight?\nWe can call you.');
    await press(page, 'Send to the reporter');
    await sees(page, 'Your message was sent.');
    await page.getByLabel('Write a note').fill('Knows the farm: see last year.');
    await press(page, 'Keep the note');
    await sees(page, 'Knows the farm: see last year.');
    await page.getByLabel('On hold').check();
    await press(page, 'Change the state');
    await sees(page, 'The state was changed.');
    assert.deepEqual(JSON.parse(await house.say('messages')), ['Are you safe tonight?\nWe can call you.']);
    await house.say('answer Yes, I am with a friend');
    await page.reload();
    await sees(page, 'Yes, I am with a friend');
    await sees(page, 'read by the reporter');

    const copy = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download a copy without hidden details of what I saw.txt' }).click();
    assert.equal((await copy).suggestedFilename(), 'what I saw.txt');
    await page.locator('summary').click();
    await press(page, 'Download the original');
    assert.ok((await page.getByRole('alert').innerText()).includes('Please say why you need the original.'));
    await page.getByLabel('Why do you need it?').fill('For the court');
    const original = page.waitForEvent('download');
    await press(page, 'Download the original');
    assert.equal(readFileSync(await (await original).path(), 'utf8'), 'They took my passport at the farm');

    // The same conversation from the public site.
    await page.goto(`${house.publicAddress}/en/check`);
    await page.getByLabel('Your number').fill(receipt);
    await press(page, 'Open');
    await sees(page, 'Are you safe tonight?');
  });
});

test('words that cannot be sent stay on the page, with what to mend at the top and at the field', async () => {
  await visiting({}, async (page, house) => {
    await firstAdministrator(page, house);
    await house.say('report Words');
    await page.goto(house.address);
    await follow(page.getByRole('link', { name: 'Words' }));
    const long = 'x'.repeat(10_001);
    await page.getByLabel('Write to the reporter').fill(long);
    await press(page, 'Send to the reporter');
    assert.equal(await page.getByLabel('Write to the reporter').inputValue(), long);
    assert.ok((await page.title()).startsWith('Error: '));
    await page.getByRole('alert').getByRole('link').click();
    assert.ok(page.url().endsWith('#reply'));
    assert.ok((await page.locator('#reply-error').innerText()).includes('10,000'));
  });
});

test('a reply typed for too long survives signing in again', async () => {
  await visiting({}, async (page, house) => {
    const ada = await firstAdministrator(page, house);
    await house.say('report Words');
    await page.goto(house.address);
    await follow(page.getByRole('link', { name: 'Words' }));
    await page.getByLabel('Write to the reporter').fill('A long and careful answer');
    await house.say('advance 3600');
    await press(page, 'Send to the reporter');
    await sees(page, 'what you typed is still here');
    await signIn(page, house, ada);
    assert.equal(await heading(page), 'Please send this again');
    await sees(page, 'A long and careful answer');
    await press(page, 'Send');
    await sees(page, 'Your message was sent.');
    assert.deepEqual(JSON.parse(await house.say('messages')), ['A long and careful answer']);
  });
});

test('a call is entered, and its number works on the public site', async () => {
  await visiting({}, async (page, house, another) => {
    await firstAdministrator(page, house);
    const hanas = await another();
    const hana = await join(hanas, house, await invite(page, house, { name: 'Hana Hotline', email: 'hana@example.test', roles: ['hotline'] }), { email: 'hana@example.test' });
    await follow(hanas.getByRole('link', { name: 'I have kept them. Sign in' }));
    await signIn(hanas, house, hana);
    assert.equal(await heading(hanas), 'You read no reports');
    await follow(hanas.locator('header').getByRole('link', { name: 'Enter a call' }));
    await sees(hanas, '“Are you safe to talk now?”');
    await follow(hanas.getByRole('link', { name: 'No, or not sure' }));
    await sees(hanas, 'call 111 now');
    await follow(hanas.getByRole('link', { name: 'They are safe now: go on with the report' }));
    await hanas.getByLabel('Language of the caller').selectOption('vi');
    await hanas.getByLabel('Where does it happen?').fill('A nail bar in Hamilton');
    await press(hanas, 'Send');
    assert.ok((await hanas.getByRole('alert').innerText()).includes('Write what is happening.'));
    assert.equal(await hanas.getByLabel('Where does it happen?').inputValue(), 'A nail bar in Hamilton');
    assert.equal(await hanas.getByLabel('Language of the caller').inputValue(), 'vi');
    await hanas.getByLabel('What is happening?').fill('They keep my wages');
    await press(hanas, 'Send');
    assert.equal(await heading(hanas), 'Read this number to the caller');
    const digits = (await hanas.locator('.receipt [role=img]').allInnerTexts()).join('');
    assert.match(digits, /^[0-9]{25}$/);
    await hanas.goto(`${house.publicAddress}/en/check`);
    await hanas.getByLabel('Your number').fill(digits);
    await press(hanas, 'Open');
    assert.equal(await heading(hanas), 'Your report');
    await page.goto(house.address);
    await sees(page, 'They keep my wages');
    await sees(page, 'by phone');
  });
});

test('reports held back are released or discarded, after a question', async () => {
  await visiting({}, async (page, house) => {
    await firstAdministrator(page, house);
    for (const words of ['A real report', 'Nonsense one', 'Nonsense two']) await house.say(`flood ${words}`);
    await page.goto(house.address);
    await follow(page.getByRole('link', { name: 'Held back while very many reports came in: 3' }));
    await page.locator('li', { hasText: 'A real report' }).getByRole('checkbox').check();
    await press(page, 'Release the ticked ones');
    assert.equal(await heading(page), 'Release 1 report?');
    await press(page, 'Yes, release');
    await sees(page, 'The reports were released.');
    await press(page, 'Discard all 2');
    await follow(page.getByRole('link', { name: 'No, go back' }));
    await press(page, 'Discard all 2');
    await press(page, 'Yes, discard for good');
    await sees(page, 'Nothing is held back.');
    await page.goto(house.address);
    await sees(page, 'A real report');
  });
});

test('everything can be done with the keyboard alone', async () => {
  await visiting({}, async (page, house) => {
    const ada = await firstAdministrator(page, house);
    await house.say('report They took my passport');
    await press(page, 'Sign out');
    await house.say('advance 60');
    const tabTo = async (selector) => {
      for (let presses = 0; presses < 60; ++presses) {
        await page.keyboard.press('Tab');
        if (await page.locator(`${selector}:focus`).count()) return;
      }
      assert.fail(`the keyboard does not reach ${selector}`);
    };
    await tabTo('#email');
    await page.keyboard.type(ada.email);
    await tabTo('#password');
    await page.keyboard.type(password);
    await tabTo('#code');
    await page.keyboard.type(totp(ada.secret, Number(await house.say('now'))));
    await page.keyboard.press('Enter');
    await page.locator('.rows').waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await page.locator(':focus').innerText(), 'Go to the main text');
    await page.keyboard.press('Enter');
    await tabTo('.rows a');
    await page.keyboard.press('Enter');
    await page.locator('#reply').waitFor();
    await tabTo('#reply');
    await page.keyboard.type('Are you safe?');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.done').waitFor();
    await tabTo('#state-opened');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.about', { hasText: 'On hold' }).waitFor();
    assert.deepEqual(JSON.parse(await house.say('messages')), ['Are you safe?']);
  });
});

/// Walks over every page of the site as the first administrator and gives each to `look(name, page)`.
async function everyPage(page, house, look) {
  const here = (name) => look(name, page);
  const go = async (path, name) => {
    await page.goto(house.address + path);
    await here(name);
  };
  await firstAdministrator(page, house, here);
  await here('reports: none');
  const words = 'They took my passport and my phone. I work on a farm near Hastings, seven days, and the money goes to the agent. '.repeat(3);
  await house.say(`file ${words}`);
  await house.say('answer Please do not call my number, he has the phone in the evening.');
  await go('/', 'reports');
  await go('/?state=held', 'reports: nothing fits');
  await page.goto(house.address);
  await follow(page.locator('.rows a').first());
  await page.getByLabel('Write to the reporter').fill('Thank you for writing. Are you safe where you sleep? ' + 'long'.repeat(60));
  await press(page, 'Send to the reporter');
  await page.getByLabel('Write a note').fill('The same agent as in spring.');
  await press(page, 'Keep the note');
  await house.say('ask-deletion');
  await page.reload();
  await page.locator('#deletion summary').click();
  await page.locator('section[aria-labelledby=files] summary').first().click();
  await here('report');
  await press(page, 'Send to the reporter');
  await here('report: a mistake');
  await page.locator('section[aria-labelledby=files] summary').first().click();
  await press(page, 'Download the original');
  await here('report: no reason');
  for (let number = 1; number <= 3; ++number) await house.say(`flood Number ${number} of many`);
  await go('/', 'reports with some held back');
  await go('/quarantine', 'held back');
  await press(page, 'Discard the ticked ones');
  await here('held back: none ticked');
  await press(page, 'Discard all 3');
  await here('held back: sure?');
  await go('/hotline/new', 'call: safe?');
  await go('/hotline/new?safe=no', 'call: not safe');
  await go('/hotline/new?safe=yes', 'call');
  await press(page, 'Send');
  await here('call: a mistake');
  await page.getByLabel('What is happening?').fill('Told on the phone');
  await press(page, 'Send');
  await here('call: receipt');
  await go('/teams', 'teams');
  await follow(page.locator('.rows a').first());
  await here('team');
  await go('/teams/new', 'team: new');
  await press(page, 'Make the team');
  await here('team: a mistake');
  await go('/staff', 'staff');
  await follow(page.locator('.rows a').first());
  await here('person');
  await go('/staff/invite', 'invite');
  await press(page, 'Make the link');
  await here('invite: a mistake');
  await page.goto(`${house.address}/teams`);
  const team = await page.locator('.rows a').first().innerText();
  await invite(page, house, { name: 'Ben Officer', email: 'ben.with.a.long.address@immigration.example.test', roles: ['officer'], team });
  await here('invited');
  await go('/staff', 'staff: invited');
  await go('/account', 'account');
  await press(page, 'Make new codes');
  await here('account: a mistake');
  await page.getByLabel('Your password', { exact: true }).fill(password);
  await press(page, 'Make new codes');
  assert.equal(await heading(page), 'Your recovery codes');
  await here('new recovery codes');
  await go('/help', 'help');
  await go('/report/00000000000000000000000000000000', 'no such report');
  await go('/nothing/here', 'no such page');
  await page.goto(house.address);
  await press(page, 'Sign out');
  await go('/sign-in', 'sign in');
  await signIn(page, house, { email: 'ada@example.test' }, '000000');
  await here('sign in: a mistake');
}

async function picture(page, name, suffix) {
  if (pictures) await page.screenshot({ path: `${pictures}/${name.replace(/[^a-z0-9]+/gi, '-')}${suffix}.png`, fullPage: true });
}

test('at 320 pixels nothing is cut off', async () => {
  await visiting({ viewport: { width: 320, height: 640 } }, async (page, house) => {
    await everyPage(page, house, async (name) => {
      const width = await page.locator('html').evaluate((html) => html.scrollWidth);
      await picture(page, name, '-320');
      assert.ok(width <= 320, `${name} is ${width} pixels wide`);
    });
  });
});

test('no page asks for anything from elsewhere, and every page is kept by nobody', async () => {
  await visiting({}, async (page, house) => {
    page.on('request', (request) => assert.ok(request.url().startsWith(house.address) || request.url().startsWith('data:'), request.url()));
    page.on('response', (response) => {
      if (response.url().includes('/assets/') || response.url().startsWith('data:')) return;
      assert.ok((response.headers()['cache-control'] ?? '').includes('no-store'), response.url());
      assert.match(response.headers()['content-security-policy'], /default-src 'none'/);
    });
    await everyPage(page, house, async (name) => picture(page, name, ''));
    for (const cookie of await page.context().cookies()) {
      assert.ok(cookie.httpOnly && cookie.sameSite === 'Strict', cookie.name);
    }
  });
});

test('axe-core finds nothing serious on any page, light or dark', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const house = await openHouse();
    // The page's own policy forbids foreign scripts; only for this look it is set aside.
    const context = await browser.newContext({ colorScheme, bypassCSP: true, locale: 'en-NZ', viewport: { width: 360, height: 800 } });
    try {
      await everyPage(await context.newPage(), house, async (name, page) => {
        await findsNothingGrave(name, page);
        if (colorScheme === 'dark') await picture(page, name, '-dark');
      });
    } finally {
      await context.close();
      await house.close();
    }
  }
});
