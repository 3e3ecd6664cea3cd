import { Session } from 'node:inspector/promises';

/** Starts to look, four times a millisecond, at what this thread does. */
export async function startProfile(): Promise<Session> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 250 });
  await session.post('Profiler.start');
  return session;
}
