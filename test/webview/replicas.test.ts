import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { event, failing, healthy, now, pod, workload } from './fixtures.ts';
import { Stage } from './stage.ts';
import type { ThemeName } from './themes.ts';

describe('the replica page', () => {
  let stage: Stage;
  before(async () => (stage = await Stage.open()));
  after(() => stage.close());

  const text = async (selector: string): Promise<string> =>
    (await stage.page.locator(selector).innerText()).replace(/\s+/g, ' ').trim();
  const rows = (): Promise<string[]> =>
    stage.page
      .locator('tr.pod')
      .allInnerTexts()
      .then((all) => all.map((row) => row.replace(/\s+/g, ' ').trim()));
  /** Row and column of the focused cell, by what they show. */
  const focused = (): Promise<string> =>
    stage.page.evaluate(() => document.activeElement?.closest('td')?.innerText.trim() ?? 'nothing');

  test('says it is loading, then how the workload is', async () => {
    await stage.show(null);
    assert.equal(await text('[role=status]'), 'Loading…');
    assert.deepEqual(await stage.posted(), [{ type: 'ready' }]);

    await stage.send(healthy);
    assert.equal(await text('h1'), 'web');
    assert.equal(await text('.place'), 'Deployment · dev / shop');
    assert.equal(await text('.verdict p'), 'Healthy: 3 of 3 ready, v12 for 4 min');
    assert.match(await text('.freshness'), /^live · 0\.\d s ago$/);
    assert.equal(
      await text('.facts'),
      'desired 3 current 3 updated 3 ready 3 available 3 HPA web: 2–10 · cpu 64 of 80 %',
    );
    assert.deepEqual(await rows(), [
      'web-7d9f-x2x Running 0 12 min n-1 app:1.4',
      'web-7d9f-k8d Running 0 12 min n-1 app:1.4',
      'web-7d9f-q4z Running 1 12 min n-2 app:1.4',
    ]);
  });

  test('announces the verdict politely, and not its age with every tick', async () => {
    await stage.show(healthy);
    const status = stage.page.getByRole('status');
    assert.equal(await status.getAttribute('aria-live'), 'polite');
    assert.equal(await status.innerText(), 'Healthy: 3 of 3 ready, v12');
  });

  test('ages tick without a message', async () => {
    await stage.show(healthy);
    await stage.page.clock.runFor(90_000);
    assert.equal(await text('.verdict p'), 'Healthy: 3 of 3 ready, v12 for 5 min');
    assert.equal(await text('.freshness'), 'live · 1 min ago');
    assert.match((await rows())[0] ?? '', / 13 min /);
  });

  test('marks with shape and word what is not as desired', async () => {
    await stage.show(failing);
    assert.equal(await stage.page.locator('.facts .off dt').allInnerTexts().then(String), 'ready,available');
    assert.equal(await stage.page.locator('.facts .off svg.warning').count(), 2);
    assert.equal(await stage.page.locator('.verdict > svg.failed').count(), 1);
    assert.equal((await rows())[0], 'web-6c4b-m2p CrashLoopBackOff 0/1 5 3 min n-1 app:1.5');
  });

  test('shows events newest first with count and age', async () => {
    await stage.show(failing);
    const events = await stage.page.locator('ol.events > li').allInnerTexts();
    assert.equal(events.length, 3);
    assert.match(events[0] ?? '', /^5 s\s+BackOff\s*warning\s+×12\s+Back-off restarting failed container/);
    assert.match(events[2] ?? '', /^4 min\s+ScalingReplicaSet\s+Scaled up replica set/);
  });

  test('says why events cannot be shown instead of showing none', async () => {
    await stage.show({ ...healthy, events: [], eventsProblem: 'You may not list events in shop.' });
    assert.equal(await text('details:last-of-type .empty'), 'You may not list events in shop.');
  });

  test('a pod opens to its containers and conditions, and stays open across updates', async () => {
    await stage.show(failing);
    const toggle = stage.page.getByRole('button', { name: 'web-6c4b-m2p' });
    await toggle.click();
    assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
    const containers = stage.page.getByRole('table', { name: 'Containers' });
    assert.match(await containers.innerText(), /app\s+CrashLoopBackOff\s+5\s+Error, exit 3, 1 min ago/);
    assert.match(await containers.innerText(), /proxy · sidecar/);
    assert.match(
      await text('tr.details .conditions'),
      /Ready False 3 min ContainersNotReady: containers with/,
    );
    await stage.send(failing);
    assert.equal(await containers.count(), 1);
    assert.deepEqual(await stage.kept(), { workload, filter: '', expanded: ['uid-web-6c4b-m2p'] });
  });

  test('comes back after a reload as it was left', async () => {
    await stage.show(failing, { kept: { workload, filter: '6c4b', expanded: ['uid-web-6c4b-zz9'] } });
    assert.equal((await rows()).length, 3);
    assert.equal(await stage.page.locator('tr.details').count(), 1);
  });

  test('the grid is one tab stop, and arrow keys walk it', async () => {
    await stage.show(failing);
    const { keyboard } = stage.page;
    assert.equal(await stage.page.locator('table.pods tbody [tabindex="0"]').count(), 1);
    await stage.page.locator('table.pods tbody [tabindex="0"]').focus();
    assert.equal(await focused(), 'web-6c4b-m2p');
    await keyboard.press('ArrowDown');
    assert.equal(await focused(), 'web-6c4b-zz9');
    await keyboard.press('ArrowRight');
    assert.match(await focused(), /^CrashLoopBackOff/);
    await keyboard.press('End');
    assert.equal(await focused(), 'app:1.5');
    await keyboard.press('Control+End');
    assert.equal(await focused(), 'app:1.4');
    await keyboard.press('Control+Home');
    assert.equal(await focused(), 'web-6c4b-m2p');
    assert.equal(await stage.page.locator('table.pods tbody [tabindex="0"]').count(), 1);
  });

  test('Enter opens a pod from any cell, its details can be reached, Escape closes them', async () => {
    await stage.show(failing);
    const { keyboard } = stage.page;
    await stage.page.locator('table.pods tbody [tabindex="0"]').focus();
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await keyboard.press('ArrowDown');
    assert.match(await focused(), /^exit 3\s+Container/);
    await keyboard.press('Escape');
    assert.equal(await focused(), 'web-6c4b-m2p');
    assert.equal(await stage.page.locator('tr.details').count(), 0);
    await keyboard.press('Enter');
    assert.equal(await stage.page.locator('tr.details').count(), 1);
    await keyboard.press('Space');
    assert.equal(await stage.page.locator('tr.details').count(), 0);
  });

  test('the focus stays in the grid when its row goes away', async () => {
    await stage.show(failing);
    await stage.page.getByRole('button', { name: 'web-6c4b-zz9' }).focus();
    await stage.send({ ...failing, pods: failing.pods.filter(({ name }) => name !== 'web-6c4b-zz9') });
    assert.equal(await focused(), 'web-6c4b-m2p');
  });

  test('filters by every word, in any column, and says when nothing matches', async () => {
    await stage.show(failing);
    const filter = stage.page.getByRole('searchbox', { name: 'Filter pods' });
    await filter.fill('crash m2p');
    assert.equal((await rows()).length, 1);
    await filter.fill('no-such-pod');
    assert.equal(await text('section .empty'), 'No pod matches “no-such-pod”.');
    await filter.fill('');
    await stage.page.getByRole('button', { name: '2 CrashLoopBackOff' }).click();
    assert.equal((await rows()).length, 2);
    await stage.page.getByRole('button', { name: '2 CrashLoopBackOff' }).click();
    assert.equal((await rows()).length, 4);
  });

  test('stale: keeps the rows, says since when and why, and offers Retry but no Scale', async () => {
    await stage.show(healthy);
    await stage.send({
      ...healthy,
      connection: { phase: 'stale', since: now - 60_000, text: 'dev cannot be reached. Check the network.' },
    });
    assert.equal((await rows()).length, 3);
    assert.match(await text('.freshness'), /^stale since \d/);
    assert.equal(await text('[role=alert] p'), 'dev cannot be reached. Check the network.');
    assert.equal(
      await stage.page.locator('vscode-button', { hasText: 'Scale…' }).getAttribute('disabled'),
      '',
    );
    await stage.page.getByRole('button', { name: 'Retry' }).click();
    assert.deepEqual((await stage.posted()).at(-1), { type: 'retry' });
  });

  test('a deleted workload says so and keeps what was known', async () => {
    await stage.show({ ...healthy, connection: { phase: 'missing', text: 'Deployment web was deleted.' } });
    assert.equal(await text('[role=alert] p'), 'Deployment web was deleted.');
    assert.equal((await rows()).length, 3);
    assert.equal(await stage.page.getByRole('button', { name: 'Retry' }).count(), 0);
  });

  test('Scale… asks the extension', async () => {
    await stage.show(healthy);
    await stage.page.getByRole('button', { name: 'Scale…' }).click();
    assert.deepEqual((await stage.posted()).at(-1), { type: 'scale' });
  });

  test('drops a state that arrives late', async () => {
    await stage.show(failing);
    await stage.send(healthy, 7);
    await stage.send(failing, 6);
    assert.match(await text('[role=status]'), /^Healthy/);
  });

  test('columns drop from the right; the verdict, the pods and their states stay', async () => {
    await stage.show(failing);
    const headings = (): Promise<string[]> =>
      stage.page
        .locator('table.pods th')
        .evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.textContent));
    const seen: string[] = [];
    for (const width of [1000, 700, 560, 460, 340]) {
      await stage.page.setViewportSize({ width, height: 760 });
      seen.push((await headings()).join(' '));
      const overflow = await stage.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(overflow, 0, `${width} px wide`);
    }
    assert.deepEqual(seen, [
      'Pod State Restarts Age Node Image',
      'Pod State Restarts Age Node',
      'Pod State Restarts Age',
      'Pod State Restarts',
      'Pod State',
    ]);
    await stage.picture('narrow');
  });

  test('what comes from the cluster stays text', async () => {
    const evil =
      '"><img src=x onerror="document.body.textContent=`gone`"><script>document.title=`gone`</script>';
    const attacked = { ...workload, name: evil, context: evil };
    await stage.show(
      {
        ...healthy,
        workload: attacked,
        verdict: { health: 'failed', text: evil, since: null },
        autoscaler: evil,
        pods: [pod(evil, { state: evil, reason: evil, node: evil, image: evil })],
        events: [event('e', { message: evil, reason: evil, about: evil })],
        conditions: [
          { type: evil, status: evil, health: 'failed', reason: evil, message: evil, since: null },
        ],
      },
      { workload: attacked, kept: { workload: attacked, filter: '', expanded: [`uid-${evil}`] } },
    );
    assert.equal(await text('h1'), evil);
    assert.equal(await stage.page.locator('img').count(), 0);
    assert.equal(await stage.page.locator('script').count(), 1);
    assert.equal(await stage.page.title(), 'web · Replica status');
  });

  test('ten thousand restarts of a thousand pods still draw, and say what is not drawn', async () => {
    const pods = Array.from({ length: 1000 }, (_, index) => pod(`web-${index}`, { restarts: 10 }));
    await stage.show({ ...healthy, pods });
    assert.equal((await rows()).length, 300);
    assert.equal(await text('section > .empty'), '300 of 1000 pods are shown. Filter to reach the others.');
    await stage.page.getByRole('searchbox').fill('web-999');
    assert.equal((await rows()).length, 1);
  });

  for (const theme of ['light', 'dark', 'hcLight', 'hcDark'] as const satisfies readonly ThemeName[]) {
    test(`text is readable in ${theme}`, async () => {
      await stage.show(failing, {
        theme,
        kept: { workload, filter: '', expanded: ['uid-web-6c4b-m2p'] },
      });
      await stage.picture(theme);
      const faint = await stage.page.evaluate(faintTexts, 4.5);
      assert.deepEqual(faint, []);
    });
  }

  test('nothing broke the policy or was complained about', () => {
    assert.deepEqual(stage.complaints, []);
  });
});

/** Runs in the page: texts whose contrast against the opaque background behind them is below `least`. */
function faintTexts(least: number): string[] {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (canvas === null) throw new Error('no canvas');
  /** Paints colours over each other, the first at the bottom, and reads the result's luminance. */
  const luminance = (colours: readonly string[]): number => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const faint: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    const element = walker.currentNode.parentElement;
    const words = walker.currentNode.textContent?.trim() ?? '';
    if (element === null || words === '' || !element.checkVisibility() || element.tagName === 'SCRIPT')
      continue;
    const behind: string[] = [];
    for (let one: Element | null = element; one !== null; one = one.parentElement) {
      behind.unshift(getComputedStyle(one).backgroundColor);
    }
    const back = luminance(behind);
    const front = luminance([...behind, getComputedStyle(element).color]);
    const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    if (contrast < least) faint.push(`${words}: ${contrast.toFixed(1)}`);
  }
  return faint;
}
