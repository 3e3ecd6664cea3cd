/** A cluster to try things on: `npm run cluster -- up`, `status`, `down`. */
import { type Playground, playground, startPlayground, stopPlayground } from '../test/harness/playground.ts';

const report = (text: string): void => console.log(`· ${text}`);
const commands: Readonly<Record<string, () => Promise<void>>> = {
  up: async () => show(await startPlayground({ owner: 'nobody', report })),
  status: async () => show(await playground()),
  down: stopPlayground,
};

const [name = 'status'] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  console.error('usage: npm run cluster -- up|status|down');
  process.exitCode = 2;
} else {
  await command();
}

function show(cluster: Playground | null): void {
  if (cluster === null) {
    console.log('The playground is down.');
    return;
  }
  console.log(`The playground is up; images for it go to ${cluster.registry}.`);
  for (const [variable, value] of Object.entries(cluster.env)) console.log(`export ${variable}=${value}`);
}
