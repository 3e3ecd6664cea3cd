import type { Disposable } from '../../platform/disposables.ts';

/** How often the clock is looked at. */
const tickMs = 5_000;
/** A look that comes so much too late means that the machine slept, or this process was stopped. */
const lateMs = 10_000;

const listeners = new Set<() => void>();
let timer: NodeJS.Timeout | undefined;
let wall = 0;
let monotonic = 0;

/**
 * Hears when this machine or process has slept, or its clock jumped ahead: connections of before may be dead without
 * a word, and times waited for may be long over. The clock is looked at only while somebody listens.
 */
export function onWake(listener: () => void): Disposable {
  if (listeners.size === 0) {
    note();
    timer = setInterval(look, tickMs);
    // To look at the clock is no reason to stay alive.
    timer.unref();
  }
  const entry = (): void => listener();
  listeners.add(entry);
  return {
    dispose: () => {
      listeners.delete(entry);
      if (listeners.size === 0) clearInterval(timer);
    },
  };
}

function note(): void {
  wall = Date.now();
  monotonic = performance.now();
}

/** The monotonic clock stands still in some sleeps, the other one in none; a stopped process is late by both. */
function look(): void {
  const late = Math.max(Date.now() - wall, performance.now() - monotonic) - tickMs;
  note();
  if (late > lateMs) for (const listener of [...listeners]) listener();
}
